package dev.schemaversion.cli.kubectl.adopt;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.cli.kubectl.view.StatusView;
import dev.schemaversion.contract.Outcome;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the database is, as the baseline Job has found out.
 *
 * @param version the version to claim; null if nothing need or can be claimed
 * @param found what was found, for a comment in the manifest
 */
record Answer(String version, List<String> found) {
  private static final String VERSION = "[A-Za-z0-9][A-Za-z0-9_.]*?";

  /** As the refusal BaselineRequired names the versions with the schema of the database. */
  private static final Pattern EQUAL =
      Pattern.compile("Its schema equals version (%1$s(?:, %1$s)*)\\.(?: |$)".formatted(VERSION));

  private static final Pattern NEAREST =
      Pattern.compile(
          "It equals no version; the nearest is version (%s), from which (.*?)\\.(?: |$)"
              .formatted(VERSION));

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
        .map(Answer::refused);
  }

  private static Answer refused(Condition stalled) {
    var message = String.valueOf(stalled.getMessage());
    if (!Outcome.BASELINE_REQUIRED.reason().equals(stalled.getReason())) {
      return new Answer(
          null, List.of("No version was found. " + stalled.getReason() + ": " + message));
    }
    var equal = EQUAL.matcher(message);
    if (equal.find()) {
      return proposal(List.of(equal.group(1).split(", ", -1)));
    }
    var nearest = NEAREST.matcher(message);
    return new Answer(
        null,
        List.of(
            nearest.find()
                ? "The schema equals no version. The nearest is %s, from which %s. Claim it, and the refusal lists each difference (docs/adopt-an-existing-database.md)."
                    .formatted(nearest.group(1), nearest.group(2))
                : "No version was found. " + stalled.getReason() + ": " + message));
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
