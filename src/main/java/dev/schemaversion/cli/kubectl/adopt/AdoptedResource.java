package dev.schemaversion.cli.kubectl.adopt;

import dev.schemaversion.api.v1alpha1.BaselineSpec;
import dev.schemaversion.api.v1alpha1.DatabaseSpec;
import dev.schemaversion.api.v1alpha1.DriftSpec;
import dev.schemaversion.api.v1alpha1.MigrationsSpec.ConfigMapRef;
import dev.schemaversion.api.v1alpha1.MigrationsSpecBuilder;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec.Approval;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpecBuilder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;

/** Makes the resources of {@code adopt}. */
final class AdoptedResource {
  private AdoptedResource() {}

  /**
   * Returns the resource for the database.
   *
   * @param baseline the claimed version, or null
   */
  static SchemaVersion of(
      String namespace,
      String name,
      String version,
      DatabaseSpec database,
      List<ConfigMap> migrations,
      String baseline) {
    return resource(
        namespace,
        name,
        specOf(version, database, migrations)
            .baseline(baseline == null ? null : new BaselineSpec(baseline, null)));
  }

  /**
   * Returns the resource that asks. Without a claim nothing is stamped, and with manual approval no
   * sync starts, whatever the database is.
   */
  static SchemaVersion question(
      String namespace,
      String name,
      String version,
      DatabaseSpec database,
      List<ConfigMap> migrations) {
    return resource(
        namespace,
        name,
        specOf(version, database, migrations)
            .approval(Approval.Manual)
            .drift(new DriftSpec("0s", null)));
  }

  private static SchemaVersionSpecBuilder specOf(
      String version, DatabaseSpec database, List<ConfigMap> migrations) {
    return SchemaVersionSpecBuilder.builder()
        .version(version)
        .database(database)
        .migrations(
            MigrationsSpecBuilder.builder()
                .configMapRefs(
                    migrations.stream()
                        .map(each -> new ConfigMapRef(each.getMetadata().getName()))
                        .toList())
                .build());
  }

  private static SchemaVersion resource(
      String namespace, String name, SchemaVersionSpecBuilder spec) {
    var resource = new SchemaVersion();
    resource.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    resource.setSpec(spec.build());
    return resource;
  }
}
