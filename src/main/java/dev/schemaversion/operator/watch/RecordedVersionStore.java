package dev.schemaversion.operator.watch;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/** Keeps of each SchemaVersion only what those who need it look at. */
public final class RecordedVersionStore extends TrimmingItemStore<SchemaVersion> {
  public RecordedVersionStore() {
    super(RecordedVersionStore::reduce);
  }

  private static SchemaVersion reduce(SchemaVersion resource) {
    var metadata = resource.getMetadata();
    var status = resource.getStatus();
    var reduced = new SchemaVersion();
    reduced.setMetadata(
        new ObjectMetaBuilder()
            .withName(metadata.getName())
            .withNamespace(metadata.getNamespace())
            .withUid(metadata.getUid())
            .withResourceVersion(metadata.getResourceVersion())
            .withGeneration(metadata.getGeneration())
            .withDeletionTimestamp(metadata.getDeletionTimestamp())
            .build());
    reduced.setStatus(
        status == null
            ? null
            : SchemaVersionStatus.NONE
                .with()
                .observedGeneration(status.observedGeneration())
                .version(status.version())
                .target(status.target())
                .build());
    return reduced;
  }
}
