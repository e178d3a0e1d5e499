package dev.schemaversion.decide.gate;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.Reason;
import java.util.List;
import java.util.function.Function;
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

  private static Verdict of(VersionRequirement requirement, RecordedVersion recorded) {
    return of(requirement, recorded.exists(), recorded.present(), recorded.target());
  }

  /**
   * Decides on one requirement: {@code min} ≤ present, and {@code max}, if there is one, ≥ present
   * and target.
   *
   * @param exists whether the SchemaVersion exists
   * @param present the version recorded in that resource's status, or null
   * @param target the version to which a sync is about to take the database, or null
   */
  public static Verdict of(
      VersionRequirement requirement, boolean exists, String present, String target) {
    var lowest = Version.parse(requirement.min());
    if (lowest.isEmpty()) {
      return requirement.min() == null
          ? held(
              Reason.MinVersionInvalid,
              "the pod template has no annotation %s; set it to the lowest version on which the program runs, such as \"13\""
                  .formatted(Names.MIN_VERSION))
          : notAVersion(Reason.MinVersionInvalid, Names.MIN_VERSION, requirement.min());
    }
    var highest = Version.parse(requirement.max());
    if (requirement.max() != null && highest.isEmpty()) {
      return notAVersion(Reason.MaxVersionInvalid, Names.MAX_VERSION, requirement.max());
    }
    if (!exists) {
      return held(
          Reason.SchemaVersionNotFound,
          "requires SchemaVersion \"%s\", which does not exist in this namespace; apply that SchemaVersion, or correct the label %s or the annotation %s"
              .formatted(requirement.name(), Names.REQUIRES, Names.REQUIREMENTS));
    }
    var at = Version.parse(present);
    if (at.isEmpty()) {
      return held(
          Reason.VersionUnknown,
          "requires version %s of SchemaVersion \"%s\", whose database version is not known yet"
              .formatted(lowest.get(), requirement.name()));
    }
    if (lowest.get().compareTo(at.get()) > 0) {
      return held(
          Reason.VersionTooLow,
          "requires version %s of SchemaVersion \"%s\", whose database is at %s%s"
              .formatted(lowest.get(), requirement.name(), at.get(), towards(at.get(), target)));
    }
    if (highest.isPresent() && tooHigh(highest.get(), at.get(), target)) {
      return held(
          Reason.VersionTooHigh,
          "runs on versions up to %s of SchemaVersion \"%s\", whose database is at %s%s"
              .formatted(highest.get(), requirement.name(), at.get(), towards(at.get(), target)));
    }
    return new Verdict(
        true,
        Reason.RolloutReleased,
        "requires version %s of SchemaVersion \"%s\", whose database is at %s"
            .formatted(lowest.get(), requirement.name(), at.get()));
  }

  /** A target that is not a version counts as too high, because it could be any version. */
  private static boolean tooHigh(Version highest, Version at, String target) {
    return highest.compareTo(at) < 0
        || (target != null
            && Version.parse(target).filter(to -> highest.compareTo(to) >= 0).isEmpty());
  }

  private static String towards(Version at, String target) {
    return target == null || Version.parse(target).filter(at::equals).isPresent()
        ? ""
        : " and about to be migrated to " + shortened(target);
  }

  private static Verdict notAVersion(Reason reason, String annotation, String text) {
    return held(
        reason,
        "the pod template's annotation %s is \"%s\", which is not a version; write numbers separated by dots, such as \"13\" or \"1.2\""
            .formatted(annotation, shortened(text)));
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
