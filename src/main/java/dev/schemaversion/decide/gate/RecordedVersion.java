package dev.schemaversion.decide.gate;

import dev.schemaversion.api.v1alpha1.SchemaVersion;

/**
 * What a SchemaVersion says about its database to those who need it.
 *
 * @param exists whether the resource is there
 * @param present the version that may be relied on, or null
 * @param target the version it is about to go to, or null
 */
public record RecordedVersion(boolean exists, String present, String target) {
  /** There is no such resource. */
  public static final RecordedVersion NONE = new RecordedVersion(false, null, null);

  /**
   * What stands in its status, as the passing policies read it too: it counts only while it is
   * about this resource, and not after a change of the spec (perhaps to another database) that
   * nobody has looked at.
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
