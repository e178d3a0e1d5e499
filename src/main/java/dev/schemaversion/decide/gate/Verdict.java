package dev.schemaversion.decide.gate;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.Reason;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether a workload may start, and why not. What is unknown is held.
 *
 * @param satisfied whether it may
 * @param reason in one word
 * @param message in a sentence, with what to do
 */
public record Verdict(boolean satisfied, Reason reason, String message) {
  /** The longest well-formed version has 151 characters. */
  private static final int LONGEST_SHOWN = 151;

  /**
   * Judges a workload by all that it needs: the first that is not satisfied holds it.
   *
   * @param recorded what is known about the SchemaVersion of a name
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
   * Judges one requirement: {@code min} ≤ present, and {@code max}, if there is one, ≥ present and
   * target.
   *
   * @param exists whether the SchemaVersion is there
   * @param present the version recorded in that resource's status, or null
   * @param target the version its database is about to go to, or null
   */
  public static Verdict of(
      VersionRequirement requirement, boolean exists, String present, String target) {
    var needed = Version.parse(requirement.min());
    if (needed.isEmpty()) {
      return requirement.min() == null
          ? held(
              Reason.MinVersionInvalid,
              "the pod template has no annotation %s; set it to the lowest version the program runs on, such as \"13\""
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
          "it needs SchemaVersion \"%s\", which does not exist in this namespace; apply it, or correct the label %s or the annotation %s"
              .formatted(requirement.name(), Names.REQUIRES, Names.REQUIREMENTS));
    }
    var at = Version.parse(present);
    if (at.isEmpty()) {
      return held(
          Reason.VersionUnknown,
          "it needs version %s of SchemaVersion \"%s\", whose database's version is not known yet"
              .formatted(needed.get(), requirement.name()));
    }
    if (needed.get().compareTo(at.get()) > 0) {
      return held(
          Reason.VersionTooLow,
          "it needs version %s of SchemaVersion \"%s\", whose database is at %s%s"
              .formatted(needed.get(), requirement.name(), at.get(), towards(at.get(), target)));
    }
    if (highest.isPresent() && tooHigh(highest.get(), at.get(), target)) {
      return held(
          Reason.VersionTooHigh,
          "it runs on versions up to %s of SchemaVersion \"%s\", whose database is at %s%s"
              .formatted(highest.get(), requirement.name(), at.get(), towards(at.get(), target)));
    }
    return new Verdict(
        true,
        Reason.RolloutReleased,
        "it needs version %s of SchemaVersion \"%s\", whose database is at %s"
            .formatted(needed.get(), requirement.name(), at.get()));
  }

  /** What the target means cannot be known if it is not a version: it could be anything. */
  private static boolean tooHigh(Version highest, Version at, String target) {
    return highest.compareTo(at) < 0
        || (target != null
            && Version.parse(target).filter(to -> highest.compareTo(to) >= 0).isEmpty());
  }

  private static String towards(Version at, String target) {
    return target == null || Version.parse(target).filter(at::equals).isPresent()
        ? ""
        : " and is about to go to " + shortened(target);
  }

  private static Verdict notAVersion(Reason reason, String annotation, String text) {
    return held(
        reason,
        "the pod template's annotation %s is \"%s\", which is not a version; write numbers separated by dots, such as \"13\" or \"1.2\""
            .formatted(annotation, shortened(text)));
  }

  /** An annotation may have 256 KiB; a sentence should not. */
  public static String shortened(String text) {
    return text == null || text.codePointCount(0, text.length()) <= LONGEST_SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_SHOWN)) + "…";
  }

  private static Verdict held(Reason reason, String message) {
    return new Verdict(false, reason, message);
  }
}
