package dev.schemaversion.decide.gate;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides whether a workload may start. An unknown version holds the workload.
 *
 * @param satisfied whether the workload may start
 * @param reason the reason for conditions and Events
 * @param message why, and what to do, as a part of a sentence
 */
public record Verdict(boolean satisfied, Reason reason, String message) {
  /** The longest well-formed version has 151 characters. */
  private static final int MAX_SHOWN = 151;

  private static final Pattern WELL_FORMED = Pattern.compile(Names.VERSION_NAME_PATTERN);

  /**
   * Decides on a workload by all its requirements: the first unsatisfied one holds the workload.
   *
   * @param recorded returns the recorded version of the SchemaVersion with a name
   */
  public static Verdict of(WorkloadRequirements needs, Function<String, RecordedVersion> recorded) {
    if (needs.unreadable() != null) {
      return held(Reason.RequirementsInvalid, needs.unreadable());
    }
    var verdicts =
        needs.requirements().stream()
            .map(requirement -> of(requirement, recorded.apply(requirement.name())))
            .toList();
    return verdicts.stream()
        .filter(verdict -> !verdict.satisfied())
        .findFirst()
        .orElseGet(() -> all(verdicts));
  }

  private static Verdict all(List<Verdict> satisfied) {
    return new Verdict(
        true,
        Reason.RolloutReleased,
        satisfied.stream().map(Verdict::message).collect(Collectors.joining("; ")));
  }

  /**
   * Decides on one requirement: {@code min} ≤ present, and {@code max}, if there is one, ≥ present
   * and target.
   */
  public static Verdict of(VersionRequirement requirement, RecordedVersion recorded) {
    return malformed(requirement)
        .or(() -> undecidable(requirement, recorded))
        .orElseGet(() -> compared(requirement, recorded));
  }

  private static Optional<Verdict> malformed(VersionRequirement requirement) {
    if (requirement.min() == null) {
      return Optional.of(
          held(
              Reason.MinVersionInvalid,
              "the pod template has no annotation %s; set it to the lowest version on which the program runs, such as \"13\""
                  .formatted(Names.MIN_VERSION)));
    }
    if (!WELL_FORMED.matcher(requirement.min()).matches()) {
      return Optional.of(
          notAVersion(Reason.MinVersionInvalid, Names.MIN_VERSION, requirement.min()));
    }
    return requirement.max() == null || WELL_FORMED.matcher(requirement.max()).matches()
        ? Optional.empty()
        : Optional.of(notAVersion(Reason.MaxVersionInvalid, Names.MAX_VERSION, requirement.max()));
  }

  /** Returns the verdict where there is nothing to compare, or nothing to compare with. */
  private static Optional<Verdict> undecidable(
      VersionRequirement requirement, RecordedVersion recorded) {
    if (!recorded.exists()) {
      return Optional.of(
          held(
              Reason.SchemaVersionNotFound,
              "requires SchemaVersion \"%s\", which does not exist in this namespace; apply that SchemaVersion, or correct the label %s or the annotation %s"
                  .formatted(requirement.name(), Names.REQUIRES, Names.REQUIREMENTS)));
    }
    if (!recorded.known()) {
      return Optional.of(
          held(
              Reason.VersionUnknown,
              "requires version %s of SchemaVersion \"%s\", whose database version is not known yet"
                  .formatted(requirement.min(), requirement.name())));
    }
    if (!recorded.order().knows(requirement.min())) {
      return Optional.of(
          unknown(
              Reason.MinVersionInvalid,
              Names.MIN_VERSION,
              "requires version " + requirement.min(),
              requirement,
              recorded.order()));
    }
    return requirement.max() == null || recorded.order().knows(requirement.max())
        ? Optional.empty()
        : Optional.of(
            unknown(
                Reason.MaxVersionInvalid,
                Names.MAX_VERSION,
                "runs on versions up to " + requirement.max(),
                requirement,
                recorded.order()));
  }

  private static Verdict compared(VersionRequirement requirement, RecordedVersion recorded) {
    var at = recorded.present();
    var towards =
        recorded.leaves() ? " and about to be migrated to " + shortened(recorded.target()) : "";
    if (!recorded.satisfiesMin(requirement.min())) {
      return held(
          Reason.VersionTooLow,
          "requires version %s of SchemaVersion \"%s\", whose database is at %s%s"
              .formatted(requirement.min(), requirement.name(), at, towards));
    }
    if (requirement.max() != null && !recorded.satisfiesMax(requirement.max())) {
      return held(
          Reason.VersionTooHigh,
          "runs on versions up to %s of SchemaVersion \"%s\", whose database is at %s%s"
              .formatted(requirement.max(), requirement.name(), at, towards));
    }
    return new Verdict(
        true,
        Reason.RolloutReleased,
        "requires version %s of SchemaVersion \"%s\", whose database is at %s"
            .formatted(requirement.min(), requirement.name(), at));
  }

  private static Verdict notAVersion(Reason reason, String annotation, String text) {
    return held(
        reason,
        "the pod template's annotation %s is \"%s\", which is not a version; write numbers separated by dots, such as \"13\" or \"1.2\", or the name of a version"
            .formatted(annotation, shortened(text)));
  }

  /** Returns the verdict on a version that the SchemaVersion does not have. */
  private static Verdict unknown(
      Reason reason,
      String annotation,
      String needs,
      VersionRequirement requirement,
      VersionOrder order) {
    var subject = "%s of SchemaVersion \"%s\"".formatted(needs, requirement.name());
    return held(
        reason,
        order.byName()
            ? "%s, which is not among its spec.migrations.command.versions up to %s; correct the annotation %s or %s, or add the version to that list"
                .formatted(subject, order.names().getLast(), annotation, Names.REQUIREMENTS)
            : "%s, whose versions are numbers; correct the annotation %s or %s, for example to \"13\" or \"1.2\""
                .formatted(subject, annotation, Names.REQUIREMENTS));
  }

  /** Truncates a text for a message; an annotation may have 256 KiB. */
  public static String shortened(String text) {
    return text == null || text.codePointCount(0, text.length()) <= MAX_SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_SHOWN)) + "…";
  }

  private static Verdict held(Reason reason, String message) {
    return new Verdict(false, reason, message);
  }
}
