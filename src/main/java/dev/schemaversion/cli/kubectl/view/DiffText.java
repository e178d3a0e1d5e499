package dev.schemaversion.cli.kubectl.view;

import dev.schemaversion.api.v1alpha1.ProofStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Prints how the schema of the database differs from the schema that the migrations build. */
public final class DiffText {
  private DiffText() {}

  /**
   * Returns the lines about a proof.
   *
   * @param differences the differences, of which there may be more
   */
  public static List<String> lines(ProofStatus proof, List<String> differences, Instant now) {
    var lines = new ArrayList<String>();
    lines.add(
        "%s%s, read %s ago"
            .formatted(
                proof.verdict(),
                proof.reason() == null ? "" : " (" + proof.reason() + ")",
                Age.since(proof.checkedAt(), now)));
    int count = Objects.requireNonNullElse(proof.differences(), 0);
    if (count > 0) {
      lines.add("%d objects differ from version %s:".formatted(count, proof.version()));
    }
    differences.forEach(difference -> difference.lines().forEach(line -> lines.add("  " + line)));
    if (differences.size() < count) {
      lines.add(
          "  … and %d more, which only the log of the Job had"
              .formatted(count - differences.size()));
    }
    lines.addAll(conclusions(proof));
    return lines;
  }

  /** Returns what follows from a comparison: which versions it is, and how to accept it. */
  public static List<String> conclusions(ProofStatus proof) {
    var lines = new ArrayList<String>();
    if (proof.equalVersions() != null && !proof.equalVersions().isEmpty()) {
      lines.add("The schema equals version " + String.join(", ", proof.equalVersions()) + ".");
    } else if (proof.nearest() != null) {
      lines.add(
          "The nearest version is %s, from which %d objects differ."
              .formatted(
                  proof.nearest(), Objects.requireNonNullElse(proof.nearestDifferences(), 0)));
    }
    if (proof.digest() != null) {
      lines.add(
          "To accept exactly this difference: spec.baseline.acceptDifference: " + proof.digest());
    }
    return lines;
  }
}
