package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.ProofStatus;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import java.util.List;

/** What a person reads about a proof: what was found, and what to do. */
public final class ProofMessages {
  private ProofMessages() {}

  /** Of a proof that holds. */
  static String holding(ProofStatus proof) {
    var what =
        switch (Verdict.valueOf(proof.verdict())) {
          case Accepted ->
              "the schema differs from %s by what spec.baseline.acceptDifference accepts"
                  .formatted(version(proof));
          case Carried ->
              "the schema was proven, and only migrations have changed it since; it is at %s"
                  .formatted(version(proof));
          default -> "the schema equals " + versions(proof);
        };
    return proof.provenAt() == null ? what : what + ", as compared at " + proof.provenAt();
  }

  /** Of a proof that does not hold. */
  public static String failing(ProofStatus proof) {
    return Verdict.Different.name().equals(proof.verdict())
        ? refuted(proof) + "\n" + advice(proof)
        : unprovable(proof);
  }

  private static String refuted(ProofStatus proof) {
    var text =
        new StringBuilder(
            "%s from version %s".formatted(objectsDiffer(proof.differences()), version(proof)));
    if (proof.equalVersions() != null) {
      text.append("; the schema equals ").append(String.join(", ", proof.equalVersions()));
    } else if (proof.nearest() != null && !proof.nearest().equals(proof.version())) {
      text.append("; the nearest version is ")
          .append(proof.nearest())
          .append(", from which ")
          .append(objectsDiffer(proof.nearestDifferences()));
    }
    text.append(differences(proof));
    return text.toString();
  }

  private static String differences(ProofStatus proof) {
    var first = proof.first() == null ? List.<String>of() : proof.first();
    if (first.isEmpty()) {
      return "; the Job's log says which";
    }
    int more = proof.differences() == null ? 0 : proof.differences() - first.size();
    return ":\n"
        + String.join("\n", first)
        + (more > 0 ? "\nand %d more, which the Job's log has".formatted(more) : "");
  }

  private static String advice(ProofStatus proof) {
    if (proof.reason().equals(Outcome.HALF_APPLIED.reason())) {
      return "A script was begun and not ended, and what it has done stands. Finish it by hand, with its row in the history, or undo what it has done. Then set the annotation schemaversion.dev/retry.";
    }
    var todo =
        proof.reason().equals(Outcome.CLAIM_REFUTED.reason())
            ? "Nothing was written. Correct spec.baseline.version, or the schema"
            : proof.reason().equals(Outcome.HISTORY_CONTRADICTED.reason())
                ? "Nothing was written. Bring the schema, or the history, to what it should be"
                : proof.reason().equals(Outcome.DRIFTED.reason())
                    ? "Undo the change, which is noticed by itself, or make it a migration"
                    : "Bring the schema to what it should be";
    var accept =
        proof.digest() == null
            ? "."
            : "; or accept exactly this difference with spec.baseline.acceptDifference: %s."
                .formatted(proof.digest());
    return todo + accept + " Then set the annotation schemaversion.dev/retry, or change the spec.";
  }

  private static String unprovable(ProofStatus proof) {
    if (ProofRecorder.pending(proof)) {
      return "the schema or its history is not the one that was proven; a Job compares it";
    }
    var equal =
        proof.equalVersions() == null
            ? ""
            : "; the schema equals " + String.join(", ", proof.equalVersions());
    var since = proof.provenAt() == null ? "" : "; it was last proven at " + proof.provenAt();
    var accept =
        proof.digest() == null
            ? ""
            : "; it can be lived with by spec.baseline.acceptDifference: " + proof.digest();
    return "the schema could not be proven (%s)%s%s%s"
        .formatted(proof.reason(), equal, since, accept);
  }

  private static String versions(ProofStatus proof) {
    return proof.equalVersions() == null
        ? version(proof)
        : String.join(", ", proof.equalVersions());
  }

  private static String version(ProofStatus proof) {
    return proof.version() == null ? "what an empty database has" : proof.version();
  }

  private static String objectsDiffer(Integer count) {
    return count == null
        ? "objects differ"
        : count == 1 ? "1 object differs" : count + " objects differ";
  }
}
