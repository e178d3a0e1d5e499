package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The desired state of a database: its version, and how the operator gets there. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RecordBuilder
@ValidationRule(
    value =
        "!has(self.job) || !has(self.job.limits) || !has(self.job.limits.rewrite) ||"
            + " !has(self.proof) || ((!has(self.proof.mode) || self.proof.mode == 'Always') &&"
            + " (!has(self.proof.rehearsal) || !has(self.proof.rehearsal.mode) ||"
            + " self.proof.rehearsal.mode != 'Off'))",
    message =
        "job.limits.rewrite needs proof.mode Always and a proof.rehearsal.mode other than Off,"
            + " because the rehearsal finds it out")
@ValidationRule(
    value =
        "self.database.engine == 'PostgreSQL' || !has(self.proof) || !has(self.proof.scratch) ||"
            + " (!has(self.proof.scratch.extensions) && !has(self.proof.scratch.superuser))",
    message = "proof.scratch.extensions and proof.scratch.superuser are for PostgreSQL")
@ValidationRule(
    value =
        "!has(self.migrations.command) || !has(self.proof) || !has(self.proof.mode) ||"
            + " self.proof.mode == 'Always'",
    message =
        "proof.mode must be Always with migrations.command, because only the scratch server shows"
            + " which version the tool has reached")
@ValidationRule(
    value =
        "!has(self.migrations.command) || !has(self.job) || !has(self.job.limits) ||"
            + " !has(self.job.limits.rewrite)",
    message =
        "job.limits.rewrite is for Flyway, because the statements of another tool are not known")
@ValidationRule(
    value =
        "has(self.migrations.command) || string(self.version).matches('"
            + Names.VERSION_PATTERN
            + "')",
    fieldPath = ".version",
    message = "with Flyway a version is numbers with dots or underscores between them")
@ValidationRule(
    value =
        "has(self.migrations.command) || !has(self.baseline) || !has(self.baseline.version) ||"
            + " string(self.baseline.version).matches('"
            + Names.VERSION_PATTERN
            + "')",
    fieldPath = ".baseline.version",
    message = "with Flyway a version is numbers with dots or underscores between them")
@ValidationRule(
    value =
        "!has(self.migrations.command) || string(self.version) in self.migrations.command.versions"
            + " || (string(self.version).matches('"
            + Names.VERSION_PATTERN
            + "') && self.migrations.command.versions.all(v, v.matches('"
            + Names.VERSION_PATTERN
            + "')))",
    fieldPath = ".version",
    message = "version is not among migrations.command.versions; add it there, or correct it")
@ValidationRule(
    value =
        "!has(self.migrations.command) || !has(self.baseline) || !has(self.baseline.version) ||"
            + " string(self.baseline.version) == '0' ||"
            + " string(self.baseline.version) in self.migrations.command.versions ||"
            + " (string(self.baseline.version).matches('"
            + Names.VERSION_PATTERN
            + "') && self.migrations.command.versions.all(v, v.matches('"
            + Names.VERSION_PATTERN
            + "')))",
    fieldPath = ".baseline.version",
    message =
        "baseline.version is not among migrations.command.versions; add it there, or correct it")
public record SchemaVersionSpec(
    @Required
        @Pattern(Names.VERSION_NAME_PATTERN)
        @JsonPropertyDescription(
            "The version that the database must have, as an integer or text. One of the "
                + "migrations must have this version. As text: numbers separated by dots or "
                + "underscores, as Flyway writes them, or one of migrations.command.versions. Quote "
                + "a version with a dot, an underscore or a leading zero.")
        String version,
    @Required
        @JsonPropertyDescription(
            "The connection to the database: address, credentials and TLS settings.")
        DatabaseSpec database,
    @Required @JsonPropertyDescription("The source of the migrations, and how Flyway reads them.")
        MigrationsSpec migrations,
    @JsonPropertyDescription(
            "The claimed version of a database that has tables but no migration history, and "
                + "the accepted schema difference.")
        BaselineSpec baseline,
    @JsonPropertyDescription(
            "How the operator proves that the schema equals the schema that the migrations "
                + "build.")
        ProofSpec proof,
    @Default("Automatic")
        @JsonPropertyDescription(
            "Whether a person approves each sync. Automatic: pending migrations run as soon "
                + "as spec.version asks for them. Manual: a plan Job first determines on a clone "
                + "what the migrations would do; they run once the annotation "
                + "schemaversion.dev/approve equals status.plan.digest.")
        Approval approval,
    @JsonPropertyDescription(
            "How often the operator verifies the schema, and what follows when others have "
                + "changed it.")
        DriftSpec drift,
    @JsonPropertyDescription("Settings of the Jobs and of their pods.") JobSpec job,
    @Default("false")
        @JsonPropertyDescription(
            "Starts no new Job while true. A running Job continues, the operator records its "
                + "result, and the gate still holds and releases workloads by the recorded version.")
        Boolean suspend) {

  /** Whether pending migrations need an approval. */
  public enum Approval {
    /** They run without an approval. */
    Automatic,
    /** A person approves the plan first. */
    Manual
  }

  /** {@code suspend} with its default. */
  public boolean suspended() {
    return Boolean.TRUE.equals(suspend);
  }

  /** Returns whether a person approves each plan. */
  public boolean requiresApproval() {
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

  /** Returns the digest of the accepted difference, or null. */
  public String acceptedDifference() {
    return baseline == null ? null : baseline.acceptDifference();
  }

  /** Returns the claimed version of a database without a history, or null. */
  public String baselineVersion() {
    return baseline == null ? null : baseline.version();
  }
}
