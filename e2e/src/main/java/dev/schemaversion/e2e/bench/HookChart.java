package dev.schemaversion.e2e.bench;

import dev.schemaversion.e2e.cluster.Checkout;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A Helm chart whose hooks run before the rest of a release is applied. */
final class HookChart {
  private static final String CHART =
      """
      apiVersion: v2
      name: glance
      version: 1.0.0
      """;

  private final Map<String, HasMetadata> templates = new TreeMap<>();

  /** Adds an object. */
  HookChart with(HasMetadata object) {
    templates.put("%02d.yaml".formatted(templates.size()), object);
    return this;
  }

  /** Adds objects that are created before the others, one after another. */
  HookChart withHooks(HasMetadata... objects) {
    for (int i = 0; i < objects.length; i++) {
      var annotations =
          new HashMap<>(
              Map.of(
                  "helm.sh/hook", "pre-install,pre-upgrade",
                  "helm.sh/hook-weight", Integer.toString(i),
                  "helm.sh/hook-delete-policy", "before-hook-creation"));
      objects[i].getMetadata().setAnnotations(annotations);
      with(objects[i]);
    }
    return this;
  }

  /** Writes the chart and returns its folder. */
  Path write() {
    var folder = Checkout.root().resolve("e2e/target/bench/chart");
    var inside = folder.resolve("templates");
    try {
      Files.createDirectories(inside);
      try (var old = Files.newDirectoryStream(inside)) {
        for (var file : old) {
          Files.delete(file);
        }
      }
      Files.writeString(folder.resolve("Chart.yaml"), CHART);
      for (var template : templates.entrySet()) {
        Files.writeString(
            inside.resolve(template.getKey()), Serialization.asYaml(template.getValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }
}
