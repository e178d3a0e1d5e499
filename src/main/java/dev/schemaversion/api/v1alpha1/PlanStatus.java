package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What a sync would do; there while spec.approval is Manual and a sync is needed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanStatus(
    @JsonPropertyDescription(
            "What the annotation schemaversion.dev/approve must be to approve exactly this plan.")
        String digest,
    @JsonPropertyDescription("A digest of the inputs it was made for; other inputs void it.")
        String inputs,
    @JsonPropertyDescription("The present version; none for an empty database.") String from,
    @JsonPropertyDescription("The version it ends at.") String to,
    @JsonPropertyDescription("The pending migrations in their order, perhaps shortened.")
        List<String> migrations,
    @JsonPropertyDescription("How many migrations are pending.") Integer count,
    @JsonPropertyDescription("How many SQL statements they have.") Integer statements,
    @JsonPropertyDescription("How many objects come into being.") Integer appear,
    @JsonPropertyDescription("How many objects are different afterwards.") Integer change,
    @JsonPropertyDescription("How many objects are gone afterwards.") Integer go,
    @JsonPropertyDescription("The first of these objects.") List<String> objects,
    @JsonPropertyDescription(
            "The first statements that drop or empty something; none where none do.")
        List<String> destructive,
    @JsonPropertyDescription("When it was recorded.") String at) {}
