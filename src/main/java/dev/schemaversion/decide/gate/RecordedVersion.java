package dev.schemaversion.decide.gate;

import dev.schemaversion.api.v1alpha1.SchemaVersion;

/**
 * The version of a database as its SchemaVersion records it for workloads.
 *
 * @param exists whether the resource exists
 * @param present the proven version, or null
 * @param target the version to which a sync is about to take the database, or null
 */
public record RecordedVersion(boolean exists, String present, String target) {
  /** The resource does not exist. */
  public static final RecordedVersion NONE = new RecordedVersion(false, null, null);

  /**
   * Returns the version in a status, by the same rule as the admission policies: the status counts
   * only while it belongs to the current generation, because a changed spec may name another
   * database.
   */
  public static RecordedVersion in(SchemaVersion resource) {
    var metadata = resource.getMetadata();
    var status = resource.getStatus();
    boolean current =
        status != null
            && metadata.getDeletionTimestamp() == null
            && metadata.getGeneration().equals(status.observedGeneration());
    return current
        ? new RecordedVersion(true, status.version(), status.target())
        : new RecordedVersion(true, null, null);
  }
}
