package dev.schemaversion.decide.model;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;

/**
 * The SchemaVersion, as far as it changes here.
 *
 * @param wanted {@code spec.version}; 0 when the resource is gone
 * @param generation counts the changes of the spec
 * @param retry the annotation {@code schemaversion.dev/retry}
 * @param deleting whether it has a deletion timestamp
 * @param kept whether it has the finalizer
 * @param status what the operator has recorded
 */
record Resource(
    int wanted,
    int generation,
    int retry,
    boolean deleting,
    boolean kept,
    SchemaVersionStatus status) {
  /** There is none (any more). */
  static final Resource GONE = new Resource(0, 0, 0, false, false, SchemaVersionStatus.NONE);

  static Resource applied(int wanted) {
    return new Resource(wanted, 1, 0, false, false, SchemaVersionStatus.NONE);
  }

  boolean gone() {
    return wanted == 0;
  }

  Resource wanting(int version) {
    return new Resource(version, generation + 1, retry, deleting, kept, status);
  }

  Resource retried() {
    return new Resource(wanted, generation, retry + 1, deleting, kept, status);
  }

  Resource recording(SchemaVersionStatus recorded) {
    return new Resource(wanted, generation, retry, deleting, kept, recorded);
  }

  /** Nobody keeps it: it goes at once. */
  Resource deleted() {
    return kept ? new Resource(wanted, generation, retry, true, true, status) : GONE;
  }

  Resource keep() {
    return new Resource(wanted, generation, retry, deleting, true, status);
  }

  Resource letGo() {
    return deleting ? GONE : new Resource(wanted, generation, retry, false, false, status);
  }
}
