package dev.schemaversion.e2e.bench;

import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.bench.timeline.Recorder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * How long it takes until all are Ready of many SchemaVersions that are applied at once, each with
 * a new database on the same server.
 */
final class Herd {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration TIMEOUT = Duration.ofMinutes(40);

  private final KubernetesClient client;
  private final String namespace;
  private final Ground ground;
  private final ExampleObjects objects;

  Herd(KubernetesClient client, String namespace, Ground ground, ExampleObjects objects) {
    this.client = client;
    this.namespace = namespace;
    this.ground = ground;
    this.objects = objects;
  }

  /** Returns a line about so many SchemaVersions. */
  String measure(int count) throws InterruptedException {
    ground.clear();
    var databases = IntStream.range(0, count).mapToObj(i -> "herd_" + i).toList();
    ground.create(databases);
    var release = objects.release(13);
    client.resource(objects.migrations(release)).create();
    var resources =
        databases.stream().map(name -> of(objects.schemaVersion(release, "OnBaseline"), name));
    long start = System.nanoTime();
    resources.forEach(
        resource ->
            Recorder.schemaVersions(client).inNamespace(namespace).resource(resource).create());
    var most = new AtomicLong();
    await("all are Ready")
        .atMost(TIMEOUT)
        .pollInterval(POLL)
        .until(
            () -> {
              most.accumulateAndGet(jobs(), Math::max);
              return areAllReady(count);
            });
    double seconds = (System.nanoTime() - start) / 1e9;
    return String.format(
        Locale.ROOT,
        "%d SchemaVersions applied at once, one server: all are Ready after %.0f s; at most %d Jobs at the same time",
        count,
        seconds,
        most.get());
  }

  private static GenericKubernetesResource of(GenericKubernetesResource example, String name) {
    var spec = new TreeMap<String, Object>(example.<Map<String, Object>>get("spec"));
    var database =
        new TreeMap<String, Object>(example.<Map<String, Object>>get("spec", "database"));
    database.put("host", "postgres");
    database.put("name", name);
    spec.put("database", database);
    var resource =
        new GenericKubernetesResourceBuilder(example)
            .withNewMetadata()
            .withName(name.replace('_', '-'))
            .endMetadata()
            .build();
    resource.setAdditionalProperty("spec", spec);
    return resource;
  }

  private boolean areAllReady(int count) {
    return Recorder.schemaVersions(client).inNamespace(namespace).list().getItems().stream()
            .filter(Herd::isReady)
            .count()
        == count;
  }

  private static boolean isReady(GenericKubernetesResource resource) {
    List<Map<String, Object>> conditions = resource.get("status", "conditions");
    return conditions != null
        && conditions.stream()
            .anyMatch(
                condition ->
                    "Ready".equals(condition.get("type"))
                        && "True".equals(condition.get("status")));
  }

  private long jobs() {
    return client.batch().v1().jobs().inNamespace(namespace).list().getItems().stream()
        .filter(Herd::runs)
        .count();
  }

  private static boolean runs(Job job) {
    return job.getStatus() == null || job.getStatus().getCompletionTime() == null;
  }
}
