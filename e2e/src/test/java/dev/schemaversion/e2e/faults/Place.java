package dev.schemaversion.e2e.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The namespace of a cell: a database, a SchemaVersion that migrates it from empty to version 3,
 * and a program that requires version 3.
 */
final class Place implements AutoCloseable {
  /** What the program needs. */
  static final int NEEDED = 3;

  /** The label of pods of sync Jobs. */
  static final String SYNC = "schemaversion.dev/step=sync";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String MANIFESTS =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: migrations}
      data: %1$s
      ---
      apiVersion: schemaversion.dev/v1alpha1
      kind: SchemaVersion
      metadata: {name: db}
      spec:
        version: "%2$s"
        suspend: %3$s
        database: %4$s
        migrations: {configMapRefs: [{name: migrations}]}
        # Many stand at once, and the node is small.
        job: {resources: {requests: {cpu: 10m, memory: 64Mi}, limits: {memory: 512Mi}}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: program, labels: {schemaversion.dev/requires: db}}
      spec:
        selector: {matchLabels: {app: program}}
        template:
          metadata:
            labels: {app: program, schemaversion.dev/requires: db}
            annotations: {schemaversion.dev/min-version: "3"}
          spec:
            terminationGracePeriodSeconds: 0
            automountServiceAccountToken: false
            enableServiceLinks: false
            securityContext: {runAsNonRoot: true, runAsUser: 999, seccompProfile: {type: RuntimeDefault}}
            containers: [%5$s]
      """;

  private final Cell cell;
  private final String namespace;
  private final Kubectl kubectl;
  private final KubernetesClient client;
  private final Server server;
  private final Set<String> answered = new HashSet<>();
  private String wanted = Integer.toString(NEEDED);

  /** Nothing is there yet. */
  Place(Cell cell, Cluster cluster, KubernetesClient client) {
    this.cell = cell;
    this.namespace = "faults-" + Long.toString(System.nanoTime(), 36);
    this.kubectl = new Kubectl(cluster, namespace);
    this.client = client;
    this.server = cell.engine().in(cluster, namespace);
  }

  Cell cell() {
    return cell;
  }

  String namespace() {
    return namespace;
  }

  Server server() {
    return server;
  }

  Kubectl kubectl() {
    return kubectl;
  }

  /** The version that the database is to end at. */
  String wanted() {
    return wanted;
  }

  /** Applies everything, as a tool does again and again. */
  void apply(boolean suspended) {
    kubectl.runWithInput(
        MANIFESTS.formatted(
            JSON.valueToTree(server.migrations()),
            wanted,
            suspended,
            server.database(),
            server.program()),
        "apply",
        "-f",
        "-");
  }

  /** Changes the resource by a merge patch. */
  void patch(String patch) {
    kubectl.run("patch", "sv", "db", "--type=merge", "-p", patch);
  }

  /** Wants another version. */
  void want(String version) {
    wanted = version;
    patch("{\"spec\": {\"version\": \"%s\"}}".formatted(version));
  }

  /** The SchemaVersion; an empty node where it is not there. */
  JsonNode resource() {
    var resource =
        client
            .genericKubernetesResources("schemaversion.dev/v1alpha1", "SchemaVersion")
            .inNamespace(namespace)
            .withName("db")
            .get();
    return resource == null ? JSON.missingNode() : JSON.valueToTree(resource);
  }

  /** A condition of it; an empty node where it is not there. */
  JsonNode condition(String type) {
    return resource()
        .at("/status/conditions")
        .valueStream()
        .filter(condition -> condition.get("type").asText().equals(type))
        .findFirst()
        .orElse(JSON.missingNode());
  }

  /** What it says at the moment: reason and message. */
  String says() {
    var ready = condition("Ready");
    return "%s (%s)".formatted(ready.at("/reason").asText(), ready.at("/message").asText());
  }

  Deployment program() {
    return client.apps().deployments().inNamespace(namespace).withName("program").get();
  }

  List<Pod> pods(String selector) {
    return client.pods().inNamespace(namespace).withLabelSelector(selector).list().getItems();
  }

  List<Job> jobs() {
    return client.batch().v1().jobs().inNamespace(namespace).list().getItems();
  }

  /** Names of the pods with a scratch server that runs. */
  List<String> scratchPods() {
    return pods("schemaversion.dev/resource=db").stream()
        .filter(
            pod ->
                pod.getStatus().getInitContainerStatuses().stream()
                    .anyMatch(container -> container.getState().getRunning() != null))
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  /** The last of the sync's pods. */
  Pod syncPod() {
    return pods(SYNC).stream()
        .max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
        .orElseThrow();
  }

  /** Whether all is as wanted, and nothing is under way any more. */
  boolean settled() {
    var resource = resource();
    var ready = condition("Ready");
    var program = program();
    long generation = resource.at("/metadata/generation").asLong();
    return ready.at("/status").asText().equals("True")
        && ready.at("/observedGeneration").asLong() == generation
        && resource.at("/status/observedGeneration").asLong() == generation
        && resource.at("/status/version").asText().equals(wanted)
        && resource.at("/metadata/finalizers").isEmpty()
        && program != null
        && Objects.requireNonNullElse(program.getStatus().getAvailableReplicas(), 0) > 0
        && pods("schemaversion.dev/resource=db").stream().noneMatch(Place::alive)
        && jobs().stream().noneMatch(job -> job.getMetadata().getOwnerReferences().isEmpty());
  }

  private static boolean alive(Pod pod) {
    return List.of("Pending", "Running", "Unknown").contains(pod.getStatus().getPhase());
  }

  /** If the resource is Stalled with instructions for a person, follows them once. */
  void followInstructions() {
    var stalled = condition("Stalled");
    var time = stalled.at("/lastTransitionTime").asText();
    if (stalled.at("/reason").asText().equals("HalfApplied") && answered.add(time)) {
      server.undo(stalled.at("/message").asText());
      kubectl.run(
          "annotate", "sv", "db", "--overwrite", "schemaversion.dev/retry=" + answered.size());
    }
  }

  /** Returns the history of Jobs in their order, without verify Jobs. */
  List<JsonNode> operations() {
    return resource()
        .at("/status/history")
        .valueStream()
        .filter(operation -> !operation.get("step").asText().equals("verify"))
        .toList();
  }

  @Override
  public void close() {
    client.namespaces().withName(namespace).delete();
  }
}
