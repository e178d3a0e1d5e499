package dev.schemaversion.operator.watch;

import dev.schemaversion.api.v1alpha1.CommandSpecBuilder;
import dev.schemaversion.api.v1alpha1.MigrationsSpecBuilder;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpecBuilder;
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
                .reached(status.reached())
                .ahead(status.ahead())
                .build());
    trimmed.setSpec(versions(resource.getSpec()));
    return trimmed;
  }

  /** Returns a spec with nothing but the versions of a command, of which messages speak. */
  private static SchemaVersionSpec versions(SchemaVersionSpec spec) {
    var command = spec == null || spec.migrations() == null ? null : spec.migrations().command();
    return command == null
        ? null
        : SchemaVersionSpecBuilder.builder()
            .migrations(
                MigrationsSpecBuilder.builder()
                    .command(CommandSpecBuilder.builder().versions(command.versions()).build())
                    .build())
            .build();
  }
}
