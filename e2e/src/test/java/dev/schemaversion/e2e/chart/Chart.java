package dev.schemaversion.e2e.chart;

import dev.schemaversion.e2e.clients.Clients;
import dev.schemaversion.e2e.clients.Helm;
import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The chart as shipped, and what tests of it share. */
final class Chart {
  static final String NAME = "schemaversion-operator";
  static final String NAMESPACE = "schemaversion-system";

  private Chart() {}

  /** Its folder. */
  static Path folder() {
    return Checkout.root().resolve("charts").resolve(NAME);
  }

  /** A copy to change. */
  static Path copy(Path to) throws IOException {
    var from = folder();
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
    return to;
  }

  /** Values for a cluster of tests: the images as it knows them. */
  static Path values(Path folder, Cluster cluster) throws IOException {
    var image = cluster.image(NAME);
    var colon = image.lastIndexOf(':');
    var scratch =
        IntStream.rangeClosed(14, 18)
            .mapToObj(major -> major + "=" + cluster.image("postgres"))
            .collect(Collectors.joining(","));
    return Files.writeString(
        folder.resolve("values.yaml"),
        """
        image: {repository: "%s", tag: "%s"}
        scratch: {images: "%s"}
        """
            .formatted(image.substring(0, colon), image.substring(colon + 1), scratch));
  }

  /** The objects in a text of manifests, each by its kind and name. */
  static TreeMap<String, HasMetadata> objects(String manifests) {
    return objects(manifests, object -> object.getMetadata().getName());
  }

  /** The objects in a text of manifests, each by its kind, its namespace if any, and its name. */
  static TreeMap<String, HasMetadata> objectsByNamespace(String manifests) {
    return objects(
        manifests,
        object ->
            object.getMetadata().getNamespace() == null
                ? object.getMetadata().getName()
                : object.getMetadata().getNamespace() + "/" + object.getMetadata().getName());
  }

  private static TreeMap<String, HasMetadata> objects(
      String manifests, Function<HasMetadata, String> name) {
    try (KubernetesClient reader = new KubernetesClientBuilder().build()) {
      var objects = new TreeMap<String, HasMetadata>();
      var text = new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8));
      for (var object : reader.load(text).items()) {
        var former = objects.put(object.getKind() + " " + name.apply(object), object);
        if (former != null) {
          throw new IllegalStateException("twice: " + former);
        }
      }
      return objects;
    }
  }

  /** A Helm for the namespace of the operator. */
  static Helm helm(int major, Cluster cluster) {
    return Clients.helm(major, cluster, NAMESPACE);
  }

  /** What the chart renders with these options. */
  static TreeMap<String, HasMetadata> rendered(int major, Cluster cluster, String... options) {
    return objects(helm(major, cluster).run(template(options)));
  }

  /**
   * The command; where Helm does not ask a cluster, a Helm that was built without words says it is
   * at 1.20.
   */
  static String[] template(String... options) {
    var words = new ArrayList<>(List.of("template", NAME, folder().toString(), "--skip-tests"));
    words.addAll(List.of(options));
    if (!words.contains("--kube-version")) {
      words.addAll(List.of("--kube-version", "1.36.0"));
    }
    return words.toArray(String[]::new);
  }
}
