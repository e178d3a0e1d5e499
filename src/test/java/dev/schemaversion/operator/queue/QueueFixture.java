package dev.schemaversion.operator.queue;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.desired.DatabaseServer;
import dev.schemaversion.desired.Labels;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A queue with a cache of Jobs and a clock that a test sets. */
final class QueueFixture implements CachedJobs {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Map<ResourceID, Job> cached = new LinkedHashMap<>();
  private Instant now = NOON;
  final JobQueue queue;

  QueueFixture(JobLimits limits) {
    this.queue = new JobQueue(limits, new SetClock());
    queue.readFrom(this);
  }

  /** The clock of the test. */
  private final class SetClock extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Returns a resource that is Ready, so that it waits from when it first asks. */
  static SchemaVersion resource(String namespace, String name, String host) {
    return Serialization.unmarshal(
        """
        apiVersion: schemaversion.dev/v1alpha1
        kind: SchemaVersion
        metadata: {name: %s, namespace: %s, creationTimestamp: "2026-03-01T11:00:00Z"}
        spec:
          version: "1"
          database: {engine: PostgreSQL, host: %s, name: shop, secretRef: {name: shop-db}}
          migrations: {configMapRefs: [{name: migrations}]}
        status:
          conditions: [{type: Ready, status: "True", reason: AtVersion}]
        """
            .formatted(name, namespace, host),
        SchemaVersion.class);
  }

  static String job(SchemaVersion resource) {
    return resource.getMetadata().getName() + "-job";
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** The cache receives the Job of a resource. */
  void seen(SchemaVersion resource) {
    var job =
        new JobBuilder()
            .withNewMetadata()
            .withName(job(resource))
            .withNamespace(resource.getMetadata().getNamespace())
            .addToAnnotations(Labels.SERVER, DatabaseServer.of(resource))
            .endMetadata()
            .build();
    cached.put(ResourceID.fromResource(job), job);
  }

  /** The cache receives that the Job has ended. */
  void ended(SchemaVersion resource) {
    cached.computeIfPresent(
        id(resource),
        (id, job) ->
            new JobBuilder(job)
                .withNewStatus()
                .addNewCondition()
                .withType("Complete")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build());
  }

  /** The cache receives that the Job was deleted. */
  void deleted(SchemaVersion resource) {
    cached.remove(id(resource));
  }

  private static ResourceID id(SchemaVersion resource) {
    return new ResourceID(job(resource), resource.getMetadata().getNamespace());
  }

  @Override
  public List<Job> unfinished() {
    return cached.values().stream().filter(job -> !IndexedJobs.isFinished(job)).toList();
  }

  @Override
  public boolean contains(ResourceID job) {
    return cached.containsKey(job);
  }
}
