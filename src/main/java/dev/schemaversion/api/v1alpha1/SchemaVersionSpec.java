package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;

/** What a database must be. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SchemaVersionSpec(
    @Required
        @Pattern(Names.VERSION_PATTERN)
        @JsonPropertyDescription(
            "The version the database must be at: the version of one of the migrations, in quotes."
                + " Numbers separated by dots or underscores, as Flyway reads them.")
        String version,
    @Required @JsonPropertyDescription("Where the database is and how to log in.")
        DatabaseSpec database,
    @Required @JsonPropertyDescription("Where the migrations are and how Flyway reads them.")
        MigrationsSpec migrations,
    @JsonPropertyDescription(
            "What to believe about a database that has tables but no migration history.")
        BaselineSpec baseline,
    @JsonPropertyDescription("How the pods of the Jobs are made.") JobSpec job,
    @Default("false")
        @JsonPropertyDescription(
            "Starts no new Job while true. A running Job goes on, its result is recorded, and"
                + " workloads are still held and released by the version recorded.")
        Boolean suspend) {

  /** {@code suspend} with its default. */
  public boolean suspended() {
    return Boolean.TRUE.equals(suspend);
  }

  /** The claimed version of an unversioned database, or null. */
  public String baselineVersion() {
    return baseline == null ? null : baseline.version();
  }
}
