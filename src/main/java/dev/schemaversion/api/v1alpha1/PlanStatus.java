package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What the next sync does; present while spec.approval is Manual and a sync is needed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanStatus(
    @JsonPropertyDescription(
            "The digest of this plan. Set the annotation schemaversion.dev/approve to this "
                + "value to approve exactly this plan.")
        String digest,
    @JsonPropertyDescription(
            "The digest of the inputs for which the plan was made. Other inputs void the "
                + "plan.")
        String inputs,
    @JsonPropertyDescription("The current version of the database. Not set for an empty database.")
        String from,
    @JsonPropertyDescription("The version that the database has after the sync.") String to,
    @JsonPropertyDescription(
            "The file names of the pending migrations in their order, then those of the "
                + "callbacks that run around them. The list may be "
                + "truncated.")
        List<String> migrations,
    @JsonPropertyDescription("The number of pending migrations and callbacks.") Integer count,
    @JsonPropertyDescription("The number of SQL statements in the pending migrations.")
        Integer statements,
    @JsonPropertyDescription("The number of schema objects that the sync creates.") Integer appear,
    @JsonPropertyDescription("The number of schema objects that the sync changes.") Integer change,
    @JsonPropertyDescription("The number of schema objects that the sync removes.") Integer go,
    @JsonPropertyDescription(
            "The first of the schema objects that the sync creates, changes or removes.")
        List<String> objects,
    @JsonPropertyDescription(
            "The first statements that drop or empty something. Not set where no statement "
                + "does.")
        List<String> destructive,
    @JsonPropertyDescription(
            "What programs may have to wait for meanwhile: the first of the tables that the "
                + "migrations rewrite or scan under a lock, with their sizes in the database, the "
                + "worst first. The digest does not depend on it. Not set where there is none.")
        List<String> locks,
    @JsonPropertyDescription(
            "What the sync settles first where an earlier one was interrupted; then the first of the "
                + "short locks, of the changes of tables below 10 MiB, and of other advice. The "
                + "digest does not depend on it. Not set where there is none.")
        List<String> notes,
    @JsonPropertyDescription(
            "The first of the schema objects that were created by hand and that the pending "
                + "migrations create too. Not set where there are none.")
        List<String> adopted,
    @JsonPropertyDescription(
            "What rows of the database may make the sync fail: a constraint or a type that the "
                + "migrations make, and how many rows break it, with a query that shows them. A "
                + "pending migration may correct these rows. Not set where no row was found.")
        List<String> rowWarnings,
    @JsonPropertyDescription("When the plan was recorded.") String at) {}
