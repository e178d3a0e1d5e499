package dev.schemaversion.operator.reconcile;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ClusterState;
import dev.schemaversion.decide.ClusterStateBuilder;
import dev.schemaversion.desired.JobFactory;
import dev.schemaversion.desired.KnownState;
import dev.schemaversion.desired.ScratchImages;
import dev.schemaversion.operator.queue.JobLimits;
import dev.schemaversion.operator.queue.JobQueue;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Executes actions on a resource against a mock API server. */
final class ActionExecutorFixture {
  private static final Instant DECIDED = Instant.parse("2026-03-01T12:00:00Z");

  /** Creates the first Job. */
  static final Action CREATE = new Action.CreateJob(Step.BASELINE, 1, KnownState.NOTHING);

  private ActionExecutorFixture() {}

  /** Returns a resource with only the required fields. */
  static SchemaVersion minimal() throws IOException {
    var file = Path.of("src", "test", "resources", "desired", "minimal", "in.yaml");
    var resource = Serialization.unmarshal(Files.readString(file), SchemaVersion.class);
    resource.getMetadata().setUid("5f0c1f5e-0000-4000-8000-000000000001");
    return resource;
  }

  /** Returns the Jobs in the resource's namespace. */
  static List<Job> jobs(KubernetesClient client) {
    return client.batch().v1().jobs().inNamespace("glance").list().getItems();
  }

  static void execute(KubernetesClient client, SchemaVersion resource, Action... actions) {
    execute(client, resource, Duration.ZERO, actions);
  }

  /**
   * Executes actions of a decision of this age.
   *
   * @param age negative if the clock was set back
   */
  static void execute(
      KubernetesClient client, SchemaVersion resource, Duration age, Action... actions) {
    execute(client, resource, age, new NeverCreatedSyncs(), actions);
  }

  /** Executes actions of a decision of this age. */
  static void execute(
      KubernetesClient client,
      SchemaVersion resource,
      Duration age,
      NeverCreatedSyncs neverCreated,
      Action... actions) {
    var cluster = cluster(resource, DECIDED);
    var clock = Clock.fixed(DECIDED.plus(age), ZoneOffset.UTC);
    executor(client, neverCreated, new JobQueue(JobLimits.DEFAULT, clock), clock)
        .execute(List.of(actions), resource, cluster);
  }

  /** Returns a cluster with this resource and nothing else. */
  static ClusterState cluster(SchemaVersion resource, Instant now) {
    return ClusterStateBuilder.builder()
        .resource(resource)
        .migrationsDigest("sha256:" + "a1".repeat(32))
        .jobs(List.of())
        .workloads(List.of())
        .sharedWith(List.of())
        .factory(new JobFactory("image", ScratchImages.OFFICIAL))
        .now(now)
        .build();
  }

  /** Returns an executor with this clock. */
  static ActionExecutor executor(KubernetesClient client, Clock clock) {
    return executor(client, new NeverCreatedSyncs(), new JobQueue(JobLimits.DEFAULT, clock), clock);
  }

  /** Returns an executor with this memory of its requests, queue and clock. */
  static ActionExecutor executor(
      KubernetesClient client, NeverCreatedSyncs neverCreated, JobQueue queue, Clock clock) {
    var events = new Events(client, Clock.systemUTC());
    var liveJobs = new LiveJobLister(client);
    return new ActionExecutor(
        client,
        new JobCreator(client, liveJobs, events, neverCreated, queue, clock),
        liveJobs,
        events,
        new PreconditionedDelete(client));
  }
}
