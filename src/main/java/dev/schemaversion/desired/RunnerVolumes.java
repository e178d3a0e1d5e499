package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.SecretKeys;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Mounts;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The volumes of the runner's container. */
final class RunnerVolumes {
  private RunnerVolumes() {}

  static List<Volume> of(SchemaVersion resource) {
    var spec = resource.getSpec();
    var volumes = new ArrayList<Volume>();
    volumes.add(new VolumeBuilder().withName("tmp").withNewEmptyDir().endEmptyDir().build());
    var secret = spec.database().secretRef();
    volumes.add(
        new VolumeBuilder()
            .withName("secret")
            .withNewSecret()
            .withSecretName(secret.name())
            .withItems(items(Objects.requireNonNullElse(secret.keys(), SecretKeys.DEFAULT)))
            .withDefaultMode(0440)
            // The runner reports a missing Secret or key; the kubelet would only wait.
            .withOptional(true)
            .endSecret()
            .build());
    var tls = spec.database().tls();
    if (tls != null && tls.caRef() != null) {
      volumes.add(
          new VolumeBuilder()
              .withName("ca")
              .withNewConfigMap()
              .withName(tls.caRef().configMap())
              .addNewItem(Objects.requireNonNullElse(tls.caRef().key(), "ca.crt"), null, "ca.crt")
              .withOptional(true)
              .endConfigMap()
              .build());
    }
    var image = spec.migrations().image();
    if (image != null) {
      // The whole image, so that the runner can report a missing folder. The pull policy is the
      // default of Kubernetes.
      volumes.add(
          new VolumeBuilder()
              .withName("image")
              .withNewImage()
              .withReference(image.reference())
              .endImage()
              .build());
    }
    var sources = spec.migrations().configMaps();
    for (int i = 0; i < sources.size(); i++) {
      volumes.add(
          new VolumeBuilder()
              .withName("migrations-" + i)
              .withNewConfigMap()
              .withName(sources.get(i).name())
              .endConfigMap()
              .build());
    }
    return volumes;
  }

  /**
   * The keys to mount; those that the Secret lacks are left out. What the user has named must come
   * from there: neither another common name nor the login of a URL may take its place.
   */
  private static List<KeyToPath> items(SecretKeys keys) {
    var defaults = SecretKeys.DEFAULT;
    var username = Objects.requireNonNullElse(keys.username(), defaults.username());
    var password = Objects.requireNonNullElse(keys.password(), defaults.password());
    var host = Objects.requireNonNullElse(keys.host(), defaults.host());
    var port = Objects.requireNonNullElse(keys.port(), defaults.port());
    var dbname = Objects.requireNonNullElse(keys.dbname(), defaults.dbname());
    boolean namesAny =
        !new SecretKeys(username, password, host, port, dbname, null).equals(defaults);
    var items = new ArrayList<KeyToPath>();
    items.add(new KeyToPath(username, null, "username"));
    items.add(new KeyToPath(password, null, "password"));
    items.add(new KeyToPath(host, null, "host"));
    items.add(new KeyToPath(port, null, "port"));
    items.add(new KeyToPath(dbname, null, "dbname"));
    items.add(new KeyToPath("type", null, "type"));
    if (keys.uri() != null || !namesAny) {
      items.add(new KeyToPath(Objects.requireNonNullElse(keys.uri(), "uri"), null, "uri"));
    }
    if (username.equals(defaults.username())) {
      items.add(new KeyToPath("user", null, "user"));
    }
    if (dbname.equals(defaults.dbname())) {
      items.add(new KeyToPath("database", null, "database"));
    }
    return items;
  }

  static VolumeMount mount(Volume volume) {
    var mount = new VolumeMountBuilder().withName(volume.getName());
    return switch (volume.getName()) {
      case "tmp" -> mount.withMountPath("/tmp").build();
      case "secret" -> mount.withMountPath(Mounts.SECRET).withReadOnly(true).build();
      case "ca" ->
          mount.withMountPath(Path.of(Mounts.CA).getParent().toString()).withReadOnly(true).build();
      case "image" -> mount.withMountPath(Mounts.IMAGE).withReadOnly(true).build();
      default ->
          mount
              .withMountPath(
                  Mounts.migrations(
                      Integer.parseInt(volume.getName().substring("migrations-".length()))))
              .withReadOnly(true)
              .build();
    };
  }
}
