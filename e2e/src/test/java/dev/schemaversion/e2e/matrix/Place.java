package dev.schemaversion.e2e.matrix;

import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.GateManifests;
import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.Restricted;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The namespace of a situation: a SchemaVersion, and two workloads of each kind. */
final class Place implements AutoCloseable {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final Duration OFTEN = Duration.ofMillis(500);

  private static final String SCHEMA_VERSION =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: migrations}
      data: {V13__things.sql: "CREATE TABLE things (id int); SELECT pg_sleep(%3$d);"}
      ---
      apiVersion: schemaversion.dev/v1alpha1
      kind: SchemaVersion
      metadata: {name: db}
      spec:
        version: "13"
        database: {engine: PostgreSQL, host: %1$s, port: 5432, name: %2$s, secretRef: {name: glance-db}}
        migrations: {configMapRefs: [{name: migrations}]}
        proof: {mode: OnBaseline}
      """;

  private final Order order;
  private final OperatorIs operator;
  private final String namespace;
  private final KubernetesClient client;
  private final Kubectl kubectl;
  private final Witness witness;
  private final Program program;
  private final boolean policiesGate;

  /** Creates namespace and database, without SchemaVersion and workloads. */
  Place(
      Order order,
      OperatorIs operator,
      String prefix,
      Cluster cluster,
      KubernetesClient client,
      Witness witness) {
    this.order = order;
    this.operator = operator;
    this.client = client;
    this.witness = witness;
    namespace = (prefix + "-" + order + "-" + operator).replace(' ', '-');
    kubectl = new Kubectl(cluster, namespace);
    policiesGate = GateManifests.of(cluster).mutate();
    program =
        new Program(
            cluster.image("postgres"), witness.host(), database(), namespace, !policiesGate);
    client.resource(Restricted.namespace(namespace)).create();
    var secret = client.secrets().inNamespace(prefix).withName("glance-db").get();
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("glance-db")
                .withNamespace(namespace)
                .endMetadata()
                .withData(secret.getData())
                .build())
        .create();
    witness.create(database());
  }

  private String database() {
    return (order + "_" + operator).replace(' ', '_');
  }

  String namespace() {
    return namespace;
  }

  Order order() {
    return order;
  }

  OperatorIs operator() {
    return operator;
  }

  void applyWorkloads() {
    apply(workloads());
    runCronJobs();
  }

  void applySchemaVersion() {
    apply(Stream.of(schemaVersion()));
  }

  /** Applies half of the workloads, the SchemaVersion, and the other half. */
  void applyTogether() {
    var workloads = workloads().toList();
    int half = workloads.size() / 2;
    apply(
        Stream.of(
                workloads.subList(0, half).stream(),
                Stream.of(schemaVersion()),
                workloads.subList(half, workloads.size()).stream())
            .flatMap(part -> part));
    runCronJobs();
  }

  private void apply(Stream<String> manifests) {
    kubectl.runWithInput(manifests.collect(Collectors.joining("---\n")), "apply", "-f", "-");
  }

  /** Creates Jobs from the CronJobs, as their controller does on schedule. */
  private void runCronJobs() {
    for (var need : Need.values()) {
      var name = Kind.CRON_JOB.name(need);
      kubectl.run("create", "job", name + "-now", "--from=cronjob/" + name);
    }
  }

  private Stream<String> workloads() {
    return Arrays.stream(Kind.values())
        .flatMap(kind -> Arrays.stream(Need.values()).map(need -> kind.manifest(need, program)));
  }

  private String schemaVersion() {
    // Long enough for the operator to be killed meanwhile.
    int seconds = operator == OperatorIs.KILLED ? 10 : 0;
    return SCHEMA_VERSION.formatted(witness.host(), database(), seconds);
  }

  void awaitReady() {
    kubectl.run("wait", "sv/db", "--for=condition=Ready", "--timeout=180s");
  }

  /** Waits until the runner of the sync Job has started. */
  void awaitSyncStarted() {
    await(namespace + ": the sync has begun")
        .atMost(LONG)
        .pollInterval(OFTEN)
        .until(
            () ->
                pods("schemaversion.dev/step", "sync").stream()
                    .anyMatch(pod -> !Starts.of(pod).isEmpty()));
  }

  /** Waits until the controllers have processed every workload and the gate holds it. */
  void awaitHeld(Need... needs) {
    await(namespace + ": held")
        .atMost(LONG)
        .pollInterval(OFTEN)
        .until(
            () ->
                Arrays.stream(needs)
                    .allMatch(
                        need -> Arrays.stream(Kind.values()).allMatch(kind -> held(kind, need))));
  }

  /** Waits until every satisfied workload has recorded its start. */
  void awaitStarted() {
    var expected = Arrays.stream(Kind.values()).map(kind -> kind.name(Need.SATISFIED)).toList();
    await(namespace + ": started")
        .atMost(LONG)
        .pollInterval(OFTEN)
        .until(() -> witness.started(namespace), started -> started.containsAll(expected));
  }

  List<String> started() {
    return witness.started(namespace);
  }

  /** Whether the workload exists, its controller has observed it, and only the gate holds it. */
  boolean held(Kind kind, Need need) {
    var pods = pods("app", kind.name(need));
    boolean gated = pods.stream().allMatch(Place::gated);
    if (kind != Kind.DEPLOYMENT) {
      return !pods.isEmpty() && gated;
    }
    var deployment =
        client.apps().deployments().inNamespace(namespace).withName(kind.name(need)).get();
    boolean paused =
        Boolean.TRUE.equals(deployment.getSpec().getPaused())
            && Objects.equals(
                deployment.getMetadata().getGeneration(),
                deployment.getStatus().getObservedGeneration());
    // Without policies, the operator pauses the roll-out when it sees it, and is not always there.
    return policiesGate ? paused && pods.isEmpty() : gated && (paused || !pods.isEmpty());
  }

  /** Whether policies gate pods and pause Deployments, instead of manifests and the operator. */
  boolean policiesGate() {
    return policiesGate;
  }

  private static boolean gated(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(
            c -> c.getType().equals("PodScheduled") && "SchedulingGated".equals(c.getReason()));
  }

  /** Returns when the sync's runner ended. */
  Instant syncEnded() {
    return pods("schemaversion.dev/step", "sync").stream()
        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
        .map(status -> Instant.parse(status.getState().getTerminated().getFinishedAt()))
        .max(Instant::compareTo)
        .orElseThrow();
  }

  private List<Pod> pods(String label, String value) {
    return client.pods().inNamespace(namespace).withLabel(label, value).list().getItems();
  }

  @Override
  public void close() {
    client.namespaces().withName(namespace).delete();
  }
}
