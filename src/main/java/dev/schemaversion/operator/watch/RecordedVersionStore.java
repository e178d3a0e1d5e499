package dev.schemaversion.operator.watch;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/** A cache that keeps only the fields of a SchemaVersion that the gate's verdicts depend on. */
public final class RecordedVersionStore extends TrimmingItemStore<SchemaVersion> {
  public RecordedVersionStore() {
    super(RecordedVersionStore::trim);
  }

  private static SchemaVersion trim(SchemaVersion resource) {
    var metadata = resource.getMetadata();
    var status = resource.getStatus();
    var trimmed = new SchemaVersion();
    trimmed.setMetadata(
        new ObjectMetaBuilder()
            .withName(metadata.getName())
            .withNamespace(metadata.getNamespace())
            .withUid(metadata.getUid())
            .withResourceVersion(metadata.getResourceVersion())
            .withGeneration(metadata.getGeneration())
            .withDeletionTimestamp(metadata.getDeletionTimestamp())
            .build());
    trimmed.setStatus(
        status == null
            ? null
            : SchemaVersionStatus.NONE
                .with()
                .observedGeneration(status.observedGeneration())
                .version(status.version())
                .target(status.target())
                .build());
    return trimmed;
  }
}
