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
  /**
   * Judges a workload.
   *
   * @param exists whether the SchemaVersion it needs is there
   * @param present the version recorded in that resource's status, or null
   */
  public static Verdict of(Workload workload, boolean exists, String present) {
    var needed = Version.parse(workload.minVersion());
    if (needed.isEmpty()) {
      return held(
          Reason.MinVersionInvalid,
          workload.minVersion() == null
              ? "the pod template has no annotation %s; set it to the lowest version the program"
                      .formatted(Names.MIN_VERSION)
                  + " runs on, such as \"13\""
              : "the pod template's annotation %s is \"%s\", which is not a version; write numbers"
                      .formatted(Names.MIN_VERSION, workload.minVersion())
                  + " separated by dots, such as \"13\" or \"1.2\"");
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
    return new Verdict(
        true,
        Reason.RolloutReleased,
        "it needs version %s of SchemaVersion \"%s\", whose database is at %s"
            .formatted(needed.get(), workload.requires(), at.get()));
  }

  private static Verdict held(Reason reason, String message) {
    return new Verdict(false, reason, message);
  }
}
