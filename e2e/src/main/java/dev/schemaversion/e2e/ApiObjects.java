package dev.schemaversion.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads objects of a namespace as JSON. Tests ask again and again until something is so, and a
 * process of kubectl for each question would take most of a small machine's time.
 */
final class ApiObjects {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One for each cluster, until the process ends. */
  private static final Map<Path, KubernetesClient> CLIENTS = new ConcurrentHashMap<>();

  /** The path before the namespace, and the plural, of each kind that is read. */
  private static final Map<String, Kind> KINDS =
      Map.of(
          "sv", new Kind("/apis/schemaversion.dev/v1alpha1", "schemaversions"),
          "deployment", new Kind("/apis/apps/v1", "deployments"),
          "pod", new Kind("/api/v1", "pods"),
          "pods", new Kind("/api/v1", "pods"),
          "secret", new Kind("/api/v1", "secrets"),
          "jobs", new Kind("/apis/batch/v1", "jobs"));

  private record Kind(String group, String plural) {}

  private final KubernetesClient client;
  private final String namespace;

  ApiObjects(Cluster cluster, String namespace) {
    this.client =
        CLIENTS.computeIfAbsent(
            cluster.kubeconfig(),
            kubeconfig ->
                new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                    .build());
    this.namespace = namespace;
  }

  /**
   * Returns an object.
   *
   * @throws IllegalStateException if there is none
   */
  JsonNode get(String kind, String name) {
    return read(path(kind) + "/" + name);
  }

  /** Returns the objects with a label. */
  JsonNode list(String kind, String selector) {
    return read(path(kind)
            + "?labelSelector="
            + URLEncoder.encode(selector, StandardCharsets.UTF_8))
        .get("items");
  }

  private String path(String kind) {
    var known = KINDS.get(kind);
    if (known == null) {
      throw new IllegalArgumentException("unknown kind " + kind);
    }
    return known.group() + "/namespaces/" + namespace + "/" + known.plural();
  }

  private JsonNode read(String path) {
    var text = client.raw(path);
    if (text == null) {
      throw new IllegalStateException("not found: " + path);
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON: " + text, e);
    }
  }
}
