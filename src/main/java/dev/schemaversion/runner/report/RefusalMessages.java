package dev.schemaversion.runner.report;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.runner.engine.RunFailure;
import java.util.stream.Collectors;

/** Builds the messages about a schema that differs from the version it is claimed to have. */
public final class RefusalMessages {
  private static final int NAMED = 3;

  private RefusalMessages() {}

  /**
   * The schema differs from the version that {@code spec.baseline.version} claims.
   *
   * @param otherTools see {@link SchemaSummary#otherTools}
   */
  public static RunFailure claimRefuted(String claim, Proof proof, String otherTools) {
    return new RunFailure(
        Outcome.CLAIM_REFUTED,
        "spec.baseline.version is "
            + claim
            + ", but "
            + differ(proof)
            + candidates(proof)
            + (otherTools.isEmpty()
                ? ""
                : otherTools + "; it counts as a difference unless spec.proof.ignore names it.")
            + " Nothing was done. Set spec.baseline.version to the schema's actual version, or"
            + " change the schema to match the claimed version, or name objects that belong to"
            + " others in spec.proof.ignore"
            + orAccept(proof));
  }

  /** For a database with objects, whose history table has no version in it. */
  public static RunFailure historyEmpty(SchemaSummary contents) {
    return new RunFailure(
        Outcome.HISTORY_EMPTY,
        "The history table is there but records no version, while "
            + contents.describe()
            + ". Nothing was done. Find out which version the database has; then drop the empty"
            + " history table and set spec.baseline.version to that version.");
  }

  /**
   * For a database with objects and without a history.
   *
   * @param candidates which versions it could be, or null if that was not searched
   */
  public static RunFailure baselineRequired(SchemaSummary contents, Proof candidates) {
    return new RunFailure(
        Outcome.BASELINE_REQUIRED,
        "The database is not empty and has no history: "
            + contents.describe()
            + "."
            + (candidates == null ? "" : candidates(candidates))
            + " Nothing was done. Set spec.baseline.version to the version it truly has. If all of"
            + " this belongs to others, name it in spec.proof.ignore, or claim version 0 and accept"
            + " the difference.");
  }

  /** The schema differs from the version that the history table records. */
  public static RunFailure historyContradicted(Proof proof) {
    return new RunFailure(
        Outcome.HISTORY_CONTRADICTED,
        "The history table records version "
            + proof.version()
            + ", but "
            + differ(proof)
            + candidates(proof)
            + " Nothing was done. Find out what wrote the history table, and change the schema"
            + " to match the recorded version"
            + orAccept(proof));
  }

  /**
   * The history has disappeared since the schema was proven.
   *
   * @param version the version that was proven
   */
  public static RunFailure historyLost(String version, SchemaSummary contents) {
    return new RunFailure(
        Outcome.DRIFTED,
        "The database was at "
            + version
            + " when it was last proven, and has no history now"
            + (contents.isEmpty() ? "; it is empty" : ", while " + contents.describe())
            + ". Nothing was done. Restore the history, or the database, and set the annotation"
            + " schemaversion.dev/retry.");
  }

  /** The schema has changed since it was proven. */
  public static RunFailure drifted(Proof proof) {
    return new RunFailure(
        Outcome.DRIFTED,
        "The schema has changed since it was proven, and not by its migrations: "
            + differ(proof)
            + candidates(proof)
            + " Nothing was done. Undo the change, or make it a migration that runs where the objects"
            + " exist already"
            + orAccept(proof));
  }

  /** The migrations build, or built, another schema here than on an empty database. */
  public static RunFailure contradicted(Outcome outcome, String what, Proof proof, String done) {
    return new RunFailure(
        outcome,
        what
            + differ(proof)
            + candidates(proof)
            + " "
            + done
            + " The cause is usually a migration that depends on rows or on other objects in the"
            + " database"
            + orAccept(proof));
  }

  /** Describes which version the schema equals, or which one is nearest. */
  public static String candidates(Proof proof) {
    if (proof.equalVersions() != null && !proof.equalVersions().isEmpty()) {
      return " Its schema equals version " + String.join(", ", proof.equalVersions()) + ".";
    }
    return proof.nearest() == null
        ? ""
        : " It equals no version; the nearest is version "
            + proof.nearest()
            + ", from which "
            + objects(proof.nearestDifferences())
            + ".";
  }

  /** Describes the number of differences and the first ones. */
  public static String differ(Proof proof) {
    var named =
        proof.first().stream()
            .limit(NAMED)
            .map(difference -> StatementText.brief(difference))
            .collect(Collectors.joining("; "));
    return objects(proof.differences())
        + " from the schema that the migrations build as version "
        + proof.version()
        + ": "
        + named
        + (proof.differences() > NAMED ? "; …" : ".");
  }

  private static String objects(int count) {
    return count == 1 ? "1 object differs" : count + " objects differ";
  }

  private static String orAccept(Proof proof) {
    return proof.digest() == null
        ? ", and set the annotation schemaversion.dev/retry. There are too many differences to accept."
        : ". To accept exactly this difference, set spec.baseline.acceptDifference to "
            + proof.digest()
            + ".";
  }
}
