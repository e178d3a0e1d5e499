package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.api.v1alpha1.ProofSpec.ScratchSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the operator's settings permit a resource to ask of the scratch server.
 *
 * @param extensions the extensions that only a superuser may create, and that migrations may create
 * @param superuser whether the migrating user may be superuser
 */
public record ScratchPermissions(Set<String> extensions, boolean superuser) {
  /** The variable with the permitted extensions. */
  public static final String EXTENSIONS = "SCHEMAVERSION_SCRATCH_EXTENSIONS";

  /** The variable that permits a superuser. */
  public static final String SUPERUSER = "SCHEMAVERSION_SCRATCH_SUPERUSER";

  /**
   * The default: extensions of PostgreSQL itself that neither access files or programs nor connect
   * to other servers, and no superuser.
   */
  public static final ScratchPermissions DEFAULT =
      new ScratchPermissions(
          Set.of(
              "amcheck",
              "autoinc",
              "bloom",
              "earthdistance",
              "insert_username",
              "moddatetime",
              "pg_buffercache",
              "pg_freespacemap",
              "pg_prewarm",
              "pg_stat_statements",
              "pg_visibility",
              "pgrowlocks",
              "pgstattuple",
              "refint"),
          false);

  /** Copies the set. */
  public ScratchPermissions {
    extensions = Set.copyOf(extensions);
  }

  /** Returns what a resource asks and is not permitted; empty if it is permitted. */
  public Optional<String> problem(SchemaVersionSpec spec) {
    var scratch = spec.proofOrDefault().scratch();
    return scratch == null ? Optional.empty() : problem(scratch, spec.database().engine());
  }

  private Optional<String> problem(ScratchSpec scratch, Engine engine) {
    boolean asks = scratch.superuserOrDefault() || !scratch.extensionsOrDefault().isEmpty();
    if (asks && engine != Engine.PostgreSQL) {
      return Optional.of(
          "spec.proof.scratch.extensions and spec.proof.scratch.superuser are for PostgreSQL, so no Job starts. Remove them");
    }
    if (scratch.superuserOrDefault() && !superuser) {
      return Optional.of(
          "spec.proof.scratch.superuser is true, which the operator's settings do not permit, so no Job starts. Remove the field, or have the administrator set %s=true (in the chart: scratch.superuser)"
              .formatted(SUPERUSER));
    }
    var others = new TreeSet<>(scratch.extensionsOrDefault());
    others.removeAll(extensions);
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "spec.proof.scratch.extensions has %s, which the operator's settings do not permit, so no Job starts. They permit %s. Remove the item, or have the administrator add it to %s (in the chart: scratch.extensions)"
                .formatted(
                    String.join(", ", others),
                    extensions.isEmpty() ? "none" : String.join(", ", new TreeSet<>(extensions)),
                    EXTENSIONS));
  }
}
