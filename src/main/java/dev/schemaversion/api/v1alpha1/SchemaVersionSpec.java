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
            "The version that the database must be at: the version of one of the migrations. Either an"
                + " integer, or text: numbers separated by dots or underscores, as Flyway reads"
                + " them. Put a version with a dot, an underscore or a leading zero in quotes.")
        String version,
    @Required @JsonPropertyDescription("Where the database is and how to log in.")
        DatabaseSpec database,
    @Required @JsonPropertyDescription("Where the migrations are and how Flyway reads them.")
        MigrationsSpec migrations,
    @JsonPropertyDescription(
            "What a database that has tables but no migration history is claimed to be, and which"
                + " difference is accepted.")
        BaselineSpec baseline,
    @JsonPropertyDescription(
            "How it is proven that the schema found is the one the migrations build.")
        ProofSpec proof,
    @Default("Automatic")
        @JsonPropertyDescription(
            "Automatic: pending migrations run as soon as they are wanted. Manual: a plan Job first"
                + " finds out what they would do, on a clone; they run when the annotation"
                + " schemaversion.dev/approve is the digest in status.plan.")
        Approval approval,
    @JsonPropertyDescription("What is done about changes that others make to the schema.")
        DriftSpec drift,
    @JsonPropertyDescription("How the pods of the Jobs are made.") JobSpec job,
    @Default("false")
        @JsonPropertyDescription(
            "Starts no new Job while true. A running Job goes on, its result is recorded, and"
                + " workloads are still held and released by the version recorded.")
        Boolean suspend) {

  /** Who says that migrations may run. */
  public enum Approval {
    /** Nobody has to. */
    Automatic,
    /** A person, who has read the plan. */
    Manual
  }

  /** {@code suspend} with its default. */
  public boolean suspended() {
    return Boolean.TRUE.equals(suspend);
  }

  /** Whether a person approves each plan. */
  public boolean approvedByHand() {
    return approval == Approval.Manual;
  }

  /** {@code proof} with its default. */
  public ProofSpec proofOrDefault() {
    return proof == null ? ProofSpec.DEFAULT : proof;
  }

  /** {@code drift} with its default. */
  public DriftSpec driftOrDefault() {
    return drift == null ? DriftSpec.DEFAULT : drift;
  }

  /** The digest of the difference that is accepted, or null. */
  public String acceptedDifference() {
    return baseline == null ? null : baseline.acceptDifference();
  }

  /** The claimed version of an unversioned database, or null. */
  public String baselineVersion() {
    return baseline == null ? null : baseline.version();
  }
}
