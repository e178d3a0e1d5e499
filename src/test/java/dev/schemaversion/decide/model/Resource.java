package dev.schemaversion.decide.model;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;

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
record Resource(
    int wanted,
    int generation,
    int retry,
    boolean suspended,
    boolean deleting,
    boolean kept,
    SchemaVersionStatus status) {
  /** There is none (any more). */
  static final Resource GONE = new Resource(0, 0, 0, false, false, false, SchemaVersionStatus.NONE);

  static Resource applied(int wanted) {
    return new Resource(wanted, 1, 0, false, false, false, SchemaVersionStatus.NONE);
  }

  boolean gone() {
    return wanted == 0;
  }

  Resource wanting(int version) {
    return new Resource(version, generation + 1, retry, suspended, deleting, kept, status);
  }

  /** {@code spec.suspend} is the other way round. */
  Resource suspending() {
    return new Resource(wanted, generation + 1, retry, !suspended, deleting, kept, status);
  }

  Resource retried() {
    return new Resource(wanted, generation, retry + 1, suspended, deleting, kept, status);
  }

  Resource recording(SchemaVersionStatus recorded) {
    return new Resource(wanted, generation, retry, suspended, deleting, kept, recorded);
  }

  /** Nobody keeps it: it goes at once. */
  Resource deleted() {
    return kept ? new Resource(wanted, generation, retry, suspended, true, true, status) : GONE;
  }

  Resource keep() {
    return new Resource(wanted, generation, retry, suspended, deleting, true, status);
  }

  Resource letGo() {
    return deleting
        ? GONE
        : new Resource(wanted, generation, retry, suspended, false, false, status);
  }
}
