package dev.schemaversion.cli.kubectl.adopt;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.ProofStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.cli.kubectl.view.StatusView;
import dev.schemaversion.contract.Outcome;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;

/**
 * What the database is, as the baseline Job has found out.
 *
 * @param version the version to claim; null if nothing need or can be claimed
 * @param found what was found, for a comment in the manifest
 */
record Answer(String version, List<String> found) {
  /** Returns the answer that a resource without a claim gives; empty while it lasts. */
  static Optional<Answer> of(SchemaVersion resource) {
    var status = StatusView.statusOf(resource);
    var baseline = status.baseline();
    if (baseline != null) {
      return Optional.of(
          baseline.version() == null
              ? new Answer(
                  null,
                  List.of("The database is empty, so it needs no baseline: all migrations run."))
              : new Answer(
                  null,
                  List.of(
                      "The database has a Flyway history, is at %s by it, and its schema is what the migrations build. It needs no baseline."
                          .formatted(baseline.version()))));
    }
    return StatusView.condition(status, ConditionType.Stalled)
        .filter(condition -> "True".equals(condition.getStatus()))
        .map(stalled -> refused(status.proof(), stalled));
  }

  private static Answer refused(ProofStatus matches, Condition stalled) {
    var reason = stalled.getReason();
    boolean compared =
        matches != null
            && reason.equals(Outcome.BASELINE_REQUIRED.reason())
            && reason.equals(matches.reason());
    if (compared && matches.equalVersions() != null) {
      return proposal(matches.equalVersions());
    }
    return new Answer(
        null,
        List.of(
            compared && matches.nearest() != null
                ? "The schema equals no version. The nearest is %s; objects that differ from it: %d. Claim it, and the refusal lists each difference (docs/adopt-an-existing-database.md)."
                    .formatted(matches.nearest(), matches.nearestDifferences())
                : "No version was found. " + reason + ": " + stalled.getMessage()));
  }

  private static Answer proposal(List<String> versions) {
    return versions.size() == 1
        ? new Answer(
            versions.getFirst(), List.of("The schema equals version " + versions.getFirst() + "."))
        : new Answer(
            versions.getFirst(),
            List.of(
                "The schema equals version %s, which the schema cannot distinguish."
                    .formatted(String.join(", ", versions)),
                "Look at the rows, and set baseline.version to the one that the database truly has."));
  }
}
