package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.Reason;

/**
 * Whether a workload may roll out, and why not. What is unknown is held.
 *
 * @param satisfied whether it may
 * @param reason in one word
 * @param message in a sentence, with what to do
 */
public record Verdict(boolean satisfied, Reason reason, String message) {
  /** The longest well-formed version has 151 characters. */
  private static final int LONGEST_SHOWN = 151;

  /**
   * Judges a workload.
   *
   * @param exists whether the SchemaVersion it needs is there
   * @param present the version recorded in that resource's status, or null
   */
  public static Verdict of(Workload workload, boolean exists, String present) {
    var needed = Version.parse(workload.minVersion());
    if (needed.isEmpty()) {
      return workload.minVersion() == null
          ? held(
              Reason.MinVersionInvalid,
              "the pod template has no annotation %s; set it to the lowest version the program runs on, such as \"13\""
                  .formatted(Names.MIN_VERSION))
          : notAVersion(Reason.MinVersionInvalid, Names.MIN_VERSION, workload.minVersion());
    }
    var highest = Version.parse(workload.maxVersion());
    if (workload.maxVersion() != null && highest.isEmpty()) {
      return notAVersion(Reason.MaxVersionInvalid, Names.MAX_VERSION, workload.maxVersion());
    }
    if (!exists) {
      return held(
          Reason.SchemaVersionNotFound,
          "it needs SchemaVersion \"%s\", which does not exist in this namespace; apply it, or correct the label %s"
              .formatted(workload.requires(), Names.REQUIRES));
    }
    var at = Version.parse(present);
    if (at.isEmpty()) {
      return held(
          Reason.VersionUnknown,
          "it needs version %s of SchemaVersion \"%s\", whose database's version is not known yet"
              .formatted(needed.get(), workload.requires()));
    }
    if (needed.get().compareTo(at.get()) > 0) {
      return held(
          Reason.VersionTooLow,
          "it needs version %s of SchemaVersion \"%s\", whose database is at %s"
              .formatted(needed.get(), workload.requires(), at.get()));
    }
    if (highest.isPresent() && highest.get().compareTo(at.get()) < 0) {
      return held(
          Reason.VersionTooHigh,
          "it runs on versions up to %s of SchemaVersion \"%s\", whose database is at %s"
              .formatted(highest.get(), workload.requires(), at.get()));
    }
    return new Verdict(
        true,
        Reason.RolloutReleased,
        "it needs version %s of SchemaVersion \"%s\", whose database is at %s"
            .formatted(needed.get(), workload.requires(), at.get()));
  }

  private static Verdict notAVersion(Reason reason, String annotation, String text) {
    return held(
        reason,
        "the pod template's annotation %s is \"%s\", which is not a version; write numbers separated by dots, such as \"13\" or \"1.2\""
            .formatted(annotation, shortened(text)));
  }

  /** An annotation may have 256 KiB; a sentence should not. */
  static String shortened(String text) {
    return text == null || text.codePointCount(0, text.length()) <= LONGEST_SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_SHOWN)) + "…";
  }

  private static Verdict held(Reason reason, String message) {
    return new Verdict(false, reason, message);
  }
}
