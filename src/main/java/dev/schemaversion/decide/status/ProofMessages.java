package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.ProofStatus;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import java.util.List;

/** Creates the messages about proofs: the result, and what to do. */
public final class ProofMessages {
  private ProofMessages() {}

  /** Returns the message of a proof that holds. */
  static String holding(ProofStatus proof) {
    var what =
        switch (Verdict.valueOf(proof.verdict())) {
          case Accepted ->
              "the schema differs from %s only by the difference in spec.baseline.acceptDifference"
                  .formatted(version(proof));
          case Carried ->
              "the schema was proven, and only migrations have changed it since; the database is at %s"
                  .formatted(version(proof));
          default -> "the schema equals " + versions(proof);
        };
    return proof.provenAt() == null ? what : what + ", proven at " + proof.provenAt();
  }

  /** Returns the message of a proof that does not hold. */
  public static String failing(ProofStatus proof) {
    return Verdict.Different.name().equals(proof.verdict())
        ? refuted(proof) + "\n" + advice(proof)
        : unprovable(proof);
  }

  private static String refuted(ProofStatus proof) {
    return "%s from version %s%s%s"
        .formatted(
            objectsDiffer(proof.differences()), version(proof), matches(proof), differences(proof));
  }

  /** Returns which versions the schema equals, or to which it is nearest. */
  private static String matches(ProofStatus proof) {
    if (proof.equalVersions() != null) {
      return "; the schema equals " + String.join(", ", proof.equalVersions());
    }
    return proof.nearest() == null || proof.nearest().equals(proof.version())
        ? ""
        : "; the nearest version is %s, from which %s"
            .formatted(proof.nearest(), objectsDiffer(proof.nearestDifferences()));
  }

  private static String differences(ProofStatus proof) {
    var first = proof.first() == null ? List.<String>of() : proof.first();
    if (first.isEmpty()) {
      return "; the Job's log lists them";
    }
    int more = proof.differences() == null ? 0 : proof.differences() - first.size();
    return ":\n"
        + String.join("\n", first)
        + (more > 0 ? "\nand %d more in the Job's log".formatted(more) : "");
  }

  private static String advice(ProofStatus proof) {
    if (proof.reason().equals(Outcome.HALF_APPLIED.reason())) {
      return "A script started but did not finish, and its statements are committed. Complete the"
          + " script by hand and add its row to the history, or undo its statements. Then"
          + " set the annotation schemaversion.dev/retry to a new value.";
    }
    var todo =
        proof.reason().equals(Outcome.CLAIM_REFUTED.reason())
            ? "Nothing was written. Correct spec.baseline.version or the schema"
            : proof.reason().equals(Outcome.HISTORY_CONTRADICTED.reason())
                ? "Nothing was written. Correct the schema or the history"
                : proof.reason().equals(Outcome.DRIFTED.reason())
                    ? "Undo the change, which the operator detects by itself, or make it a"
                        + " migration"
                    : "Correct the schema";
    var accept =
        proof.digest() == null
            ? "."
            : ", or accept exactly this difference with spec.baseline.acceptDifference: %s."
                .formatted(proof.digest());
    return todo
        + accept
        + " Then set the annotation schemaversion.dev/retry to a new value, or change the spec.";
  }

  private static String unprovable(ProofStatus proof) {
    if (ProofRecord.pending(proof)) {
      return "the schema or the history has changed since the last proof; a prove Job follows";
    }
    var since = proof.provenAt() == null ? "" : "; it was last proven at " + proof.provenAt();
    var accept =
        proof.digest() == null
            ? ""
            : "; to accept the difference, set spec.baseline.acceptDifference: " + proof.digest();
    return "the schema could not be proven (%s)%s%s%s; when the cause is removed, set the annotation schemaversion.dev/retry"
        .formatted(proof.reason(), matches(proof), since, accept);
  }

  private static String versions(ProofStatus proof) {
    return proof.equalVersions() == null
        ? version(proof)
        : String.join(", ", proof.equalVersions());
  }

  private static String version(ProofStatus proof) {
    return proof.version() == null ? "an empty schema" : proof.version();
  }

  private static String objectsDiffer(Integer count) {
    return count == null
        ? "objects differ"
        : count == 1 ? "1 object differs" : count + " objects differ";
  }
}
