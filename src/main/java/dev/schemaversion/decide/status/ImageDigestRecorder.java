package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.ImageStatus;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.ReconcileContext;

/**
 * Records the digest of the migrations in an image. Only the Jobs can read the image, and a tag may
 * move between two of them; so all later Jobs must find the content that the first Job read.
 */
public final class ImageDigestRecorder {
  private ImageDigestRecorder() {}

  /** Returns the digest that a Job must find, or null while no Job has read the image. */
  public static String expectedDigest(SchemaVersionSpec spec, ImageStatus read) {
    return read != null && isOf(spec, read) ? read.content() : null;
  }

  /** Returns the state with the digest that an ended Job read, if the Job's inputs are current. */
  public static RecordedState recorded(
      ReconcileContext context, ObservedJob job, RecordedState recorded) {
    var image = context.spec().migrations().image();
    var report = job.report();
    if (image == null
        || report == null
        || report.migrationsDigest() == null
        || report.outcome() == Outcome.INPUTS_CHANGED
        || expectedDigest(context.spec(), recorded.image()) != null
        || !context.inputs(job.step()).digest().equals(job.inputsDigest())) {
      return recorded;
    }
    return recorded.withImage(
        new ImageStatus(image.reference(), image.pathOrDefault(), report.migrationsDigest()));
  }

  /** Returns the state without the digest of an image that the spec no longer names. */
  public static RecordedState withoutObsoleteImage(
      SchemaVersionSpec spec, RecordedState recordedState) {
    return recordedState.image() == null || isOf(spec, recordedState.image())
        ? recordedState
        : recordedState.withImage(null);
  }

  private static boolean isOf(SchemaVersionSpec spec, ImageStatus read) {
    var image = spec.migrations().image();
    return image != null
        && image.reference().equals(read.reference())
        && image.pathOrDefault().equals(read.path());
  }
}
