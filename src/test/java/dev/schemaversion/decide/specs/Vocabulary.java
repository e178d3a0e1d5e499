package dev.schemaversion.decide.specs;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Step;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The values of status fields; each field also has a value that no release knows. */
final class Vocabulary {
  private static final List<String> TIMES =
      List.of(
          "2026-03-01T12:00:00Z", "2026-03-01T11:59:58.123Z", "2030-01-01T00:00:00Z", "yesterday");
  private static final List<String> VERSIONS = List.of("13", "9", "1.2.3", "999", "newest");
  private static final List<String> REASONS =
      Stream.concat(
              Stream.concat(
                  Arrays.stream(Reason.values()).map(Reason::name),
                  Arrays.stream(Outcome.values()).map(Outcome::reason)),
              Stream.of("NotInventedYet"))
          .toList();
  private static final List<String> VERDICTS = names(Verdict.values());
  private static final List<String> TYPES = names(ConditionType.values());
  private static final List<String> STEPS =
      Stream.concat(Arrays.stream(Step.values()).map(Step::label), Stream.of("rewind")).toList();

  private final Texts texts;

  Vocabulary(Texts texts) {
    this.texts = texts;
  }

  /** Returns a value for the field with this name. */
  String of(String field) {
    return texts.one(
        switch (field) {
          case "at",
              "checkedAt",
              "foundAt",
              "provenAt",
              "startedAt",
              "finishedAt",
              "since",
              "targetSince",
              "lastTransitionTime" ->
              TIMES;
          case "version", "from", "to", "target", "nearest", "equalVersions" -> VERSIONS;
          case "reason" -> REASONS;
          case "verdict" -> VERDICTS;
          case "step" -> STEPS;
          case "type" -> TYPES;
          case "status" -> List.of("True", "False", "Unknown", "Perhaps");
          case "source" -> List.of("Empty", "Proven", "Accepted", "Guessed");
          default -> List.of("sha256:" + "a1".repeat(32), "glance", texts.hostile());
        });
  }

  private static List<String> names(Enum<?>[] words) {
    return Stream.concat(Arrays.stream(words).map(Enum::name), Stream.of("PERHAPS")).toList();
  }
}
