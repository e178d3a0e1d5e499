package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.ImageStatus;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.ReconcileContext;

/**
 * The content of an image with migrations. Only its Jobs see it, and a tag can be moved between two
 * of them; so what the first one read is demanded of all that follow.
 */
public final class ImageDigestRecorder {
  private ImageDigestRecorder() {}

  /** The digest that a Job must find, or null while nobody has read the image. */
  public static String demanded(SchemaVersionSpec spec, ImageStatus read) {
    return read != null && isOf(spec, read) ? read.content() : null;
  }

  /** The evidence with what an ended Job read, if it was made for what is wanted now. */
  public static RecordedState learn(
      ReconcileContext context, ObservedJob job, RecordedState recorded) {
    var image = context.spec().migrations().image();
    var report = job.report();
    if (image == null
        || report == null
        || report.migrationsDigest() == null
        || report.outcome() == Outcome.INPUTS_CHANGED
        || demanded(context.spec(), recorded.image()) != null
        || !context.inputs(job.step()).digest().equals(job.inputsDigest())) {
      return recorded;
    }
    return recorded.withImage(
        new ImageStatus(image.reference(), image.pathOrDefault(), report.migrationsDigest()));
  }

  /** The evidence without an image that is not wanted any more. */
  public static RecordedState wanted(SchemaVersionSpec spec, RecordedState recordedState) {
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
