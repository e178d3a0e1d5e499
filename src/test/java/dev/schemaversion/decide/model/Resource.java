package dev.schemaversion.decide.model;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * The SchemaVersion, as far as it changes here.
 *
 * @param wanted {@code spec.version}; 0 when the resource is gone
 * @param generation counts the changes of the spec
 * @param retry the annotation {@code schemaversion.dev/retry}
 * @param suspended {@code spec.suspend}
 * @param deleting whether it has a deletion timestamp
 * @param kept whether it has the finalizer
 * @param status what the operator has recorded
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
  /** There is none (any more). */
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

  /** {@code spec.suspend} is the other way round. */
  Resource suspending() {
    return with().suspended(!suspended).generation(generation + 1).build();
  }

  Resource retried() {
    return withRetry(retry + 1);
  }

  Resource recording(SchemaVersionStatus recorded) {
    return withStatus(recorded);
  }

  /** Nobody keeps it: it goes at once. */
  Resource deleted() {
    return kept ? withDeleting(true) : GONE;
  }

  Resource keep() {
    return withKept(true);
  }

  Resource letGo() {
    return deleting ? GONE : withKept(false);
  }
}
