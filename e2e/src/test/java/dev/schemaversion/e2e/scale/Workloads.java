package dev.schemaversion.e2e.scale;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Creates labelled pods and Deployments in a namespace. No controller acts on them. */
final class Workloads {
  private static final Map<String, ?> SPEC =
      Map.of("containers", List.of(Map.of("name", "main", "image", "localhost/program:1")));

  private final Api api;
  private final String namespace;

  /** Of a namespace that is there or is made now. */
  Workloads(ApiServer server, String namespace) {
    this.api = server.api();
    this.namespace = server.namespace(namespace);
  }

  /** Creates a pod that needs a SchemaVersion at 1 or higher. */
  void pod(String name, String requires) {
    pod(name, requires, "1");
  }

  /** Creates a pod that needs a SchemaVersion at a version or higher. */
  void pod(String name, String requires, String version) {
    pod(name, requires, Map.of(), Map.of("schemaversion.dev/min-version", version));
  }

  /** Creates one with further labels and annotations. */
  void pod(
      String name, String requires, Map<String, String> labels, Map<String, String> annotations) {
    var allLabels = new HashMap<>(labels);
    allLabels.put("schemaversion.dev/requires", requires);
    var allAnnotations = new HashMap<>(annotations);
    allAnnotations.putIfAbsent("schemaversion.dev/min-version", "1");
    api.create(
        "/api/v1/namespaces/" + namespace + "/pods",
        Map.of(
            "metadata",
            Map.of("name", name, "labels", allLabels, "annotations", allAnnotations),
            "spec",
            SPEC));
  }

  /** Whether a gate keeps a pod from being scheduled. */
  boolean isHeld(String pod) {
    return api.get("/api/v1/namespaces/" + namespace + "/pods/" + pod)
        .contains("\"schedulingGates\"");
  }

  /** Plays the kubelet: the pod runs. */
  void runs(String pod) {
    api.patch(
        "/api/v1/namespaces/" + namespace + "/pods/" + pod + "/status",
        Map.of("status", Map.of("phase", "Running")));
  }

  /** Creates a Deployment that needs a SchemaVersion at 1 or higher. */
  void deployment(String name, String requires) {
    var selected = Map.of("app", name);
    api.create(
        "/apis/apps/v1/namespaces/" + namespace + "/deployments",
        Map.of(
            "metadata",
            Map.of("name", name, "labels", Map.of("schemaversion.dev/requires", requires)),
            "spec",
            Map.of(
                "selector",
                Map.of("matchLabels", selected),
                "template",
                Map.of(
                    "metadata",
                    Map.of(
                        "labels",
                        Map.of("app", name, "schemaversion.dev/requires", requires),
                        "annotations",
                        Map.of("schemaversion.dev/min-version", "1")),
                    "spec",
                    SPEC))));
  }
}
