package dev.schemaversion.runner.report;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.runner.engine.RunFailure;
import java.util.stream.Collectors;

/** What a person is told about a schema that is not what it is said to be. */
public final class RefusalMessages {
  private static final int NAMED = 3;

  private RefusalMessages() {}

  /**
   * The claim of {@code spec.baseline.version} does not hold.
   *
   * @param otherTools see {@link SchemaSummary#otherTools}
   */
  public static RunFailure claimRefuted(String claim, Proof proof, String otherTools) {
    return new RunFailure(
        Outcome.CLAIM_REFUTED,
        "spec.baseline.version says "
            + claim
            + ", but "
            + differ(proof)
            + candidates(proof)
            + (otherTools.isEmpty()
                ? ""
                : otherTools + ", and counts unless proof.ignore names it.")
            + " Nothing was done. Set spec.baseline.version to the version it truly has, or make the"
            + " schema what that version is"
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
            + " Nothing was done. Set spec.baseline.version to the version it truly has.");
  }

  /** The claim of the history does not hold. */
  public static RunFailure historyContradicted(Proof proof) {
    return new RunFailure(
        Outcome.HISTORY_CONTRADICTED,
        "The history says "
            + proof.version()
            + ", but "
            + differ(proof)
            + candidates(proof)
            + " Nothing was done. Find out who wrote that history; make the schema what that version"
            + " is"
            + orAccept(proof));
  }

  /** What was proven does not hold any more. */
  public static RunFailure drifted(Proof proof) {
    return new RunFailure(
        Outcome.DRIFTED,
        "The schema was changed by something else than its migrations since it was proven: "
            + differ(proof)
            + candidates(proof)
            + " Nothing was done. Undo the change"
            + orAccept(proof));
  }

  /** The migrations would not, or did not, lead to what they build elsewhere. */
  public static RunFailure contradicted(Outcome outcome, String what, Proof proof, String done) {
    return new RunFailure(
        outcome,
        what
            + differ(proof)
            + candidates(proof)
            + " "
            + done
            + " A migration that depends on rows, or on what else is in the database, does that"
            + orAccept(proof));
  }

  /** Which version a database without any claim could be. */
  public static String candidates(Proof proof) {
    if (proof.equalVersions() != null && !proof.equalVersions().isEmpty()) {
      return " Its schema equals version " + String.join(", ", proof.equalVersions()) + ".";
    }
    return proof.nearest() == null
        ? ""
        : " It equals no version; the nearest is "
            + proof.nearest()
            + ", from which "
            + objects(proof.nearestDifferences())
            + ".";
  }

  /** What differs first. */
  public static String differ(Proof proof) {
    var named =
        proof.first().stream()
            .limit(NAMED)
            .map(difference -> StatementText.brief(difference))
            .collect(Collectors.joining("; "));
    return objects(proof.differences())
        + " from what the migrations build as "
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
        ? "."
        : ". To live with exactly this difference, set spec.baseline.acceptDifference to "
            + proof.digest()
            + ".";
  }
}
