package dev.schemaversion.decide.model;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * The SchemaVersion, reduced to the fields that change in the model.
 *
 * @param wanted {@code spec.version}; 0 after the resource is removed
 * @param generation the generation of the spec
 * @param retry the annotation {@code schemaversion.dev/retry}
 * @param suspended {@code spec.suspend}
 * @param deleting whether it has a deletion timestamp
 * @param kept whether it has the finalizer
 * @param status the recorded status
 */
@RecordBuilder
record Resource(
    int wanted,
    int generation,
    int retry,
    boolean suspended,
    boolean deleting,
    boolean kept,
    SchemaVersionStatus status)
    implements ResourceBuilder.With {
  /** The removed resource. */
  static final Resource GONE = new Resource(0, 0, 0, false, false, false, SchemaVersionStatus.NONE);

  static Resource applied(int wanted) {
    return new Resource(wanted, 1, 0, false, false, false, SchemaVersionStatus.NONE);
  }

  boolean gone() {
    return wanted == 0;
  }

  Resource wanting(int version) {
    return with().wanted(version).generation(generation + 1).build();
  }

  /** Toggles {@code spec.suspend}. */
  Resource toggleSuspend() {
    return with().suspended(!suspended).generation(generation + 1).build();
  }

  Resource retried() {
    return withRetry(retry + 1);
  }

  Resource recording(SchemaVersionStatus recorded) {
    return withStatus(recorded);
  }

  /** Deletes it; without a finalizer it is removed at once. */
  Resource deleted() {
    return kept ? withDeleting(true) : GONE;
  }

  Resource addFinalizer() {
    return withKept(true);
  }

  Resource removeFinalizer() {
    return deleting ? GONE : withKept(false);
  }
}
