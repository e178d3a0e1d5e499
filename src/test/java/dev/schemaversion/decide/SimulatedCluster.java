package dev.schemaversion.decide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.contract.Report;
import dev.schemaversion.decide.gate.Workload;
import dev.schemaversion.decide.specs.Resources;
import dev.schemaversion.desired.JobFactory;
import dev.schemaversion.desired.ScratchImages;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A simulated cluster around one resource. It executes decisions as the API server would, so that a
 * test can script a sequence of events and check the next decision. Immutable.
 */
@RecordBuilder
public record SimulatedCluster(
    SchemaVersion resource,
    List<String> missing,
    String migrations,
    List<ObservedJob> jobs,
    List<Workload> workloads,
    List<Workload> livePods,
    List<SchemaVersion> sharedWith,
    String queued,
    Instant now)
    implements SimulatedClusterBuilder.With {

  public static final JobFactory FACTORY =
      new JobFactory("localhost/schemaversion-operator:dev", ScratchImages.OFFICIAL);
  private static final KubernetesSerialization JSON = Resources.reader();
  private static final int PASSES = 8;

  public ClusterState observed() {
    return ClusterStateBuilder.builder()
        .resource(resource)
        .migrationsDigest(missing.isEmpty() ? migrations : null)
        .sourcesProblem(missing.isEmpty() ? null : SourcesProblem.missing(missing))
        .jobs(jobs)
        .workloads(workloads)
        .sharedWith(sharedWith)
        .queued(queued)
        .factory(FACTORY)
        .now(now)
        .build();
  }

  /** Decides like the reconciler, which writes the status before it lists the live pods. */
  public Decision next() {
    return WaysOut.assertNamed(decision());
  }

  private Decision decision() {
    var first = Decide.next(observed());
    if (!first.listsLivePods()) {
      return first;
    }
    var recorded = recording(first.status());
    var second = Decide.next(recorded.observed().withLivePods(livePods));
    assertThat(second.listsLivePods()).as("lists the pods twice").isFalse();
    var actions = new ArrayList<>(first.actions());
    actions.addAll(second.actions());
    return second.with().actions(actions).build();
  }

  /** Reconciles until a pass decides nothing new. */
  public SimulatedCluster settle() {
    var cluster = this;
    for (int i = 0; i < PASSES; i++) {
      var decision = cluster.next();
      if (decision.actions().isEmpty() && decision.status().equals(cluster.resource.getStatus())) {
        return cluster;
      }
      cluster = cluster.after(decision);
    }
    throw new AssertionError(
        "still deciding after %d passes: %s".formatted(PASSES, cluster.next()));
  }

  /** Returns the cluster after executing a decision. */
  public SimulatedCluster after(Decision decision) {
    return DecisionExecution.of(this, decision);
  }

  /** Applies a JSON merge patch in YAML, as {@code kubectl patch --type merge} does. */
  public SimulatedCluster patch(String yaml) {
    var before = JSON.convertValue(resource, JsonNode.class);
    var patched =
        JSON.convertValue(
            MergePatch.applied(before, Serialization.unmarshal(yaml, JsonNode.class)),
            SchemaVersion.class);
    if (!Objects.equals(patched.getSpec(), resource.getSpec())) {
      patched.getMetadata().setGeneration(resource.getMetadata().getGeneration() + 1);
    }
    return withResource(patched);
  }

  /** Writes the status as the API server does. */
  public SimulatedCluster recording(SchemaVersionStatus status) {
    var changed = copy();
    changed.setStatus(JSON.unmarshal(JSON.asJson(status), SchemaVersionStatus.class));
    return withResource(changed);
  }

  public SimulatedCluster deleted() {
    return patch("metadata: {deletionTimestamp: '%s'}".formatted(now));
  }

  public SimulatedCluster later(Duration time) {
    return withNow(now.plus(time));
  }

  public SimulatedCluster migrations(String digest) {
    return withMissing(List.of()).withMigrations(digest);
  }

  public SimulatedCluster lacking(String... configMaps) {
    return withMissing(List.of(configMaps));
  }

  public SimulatedCluster workloads(List<Workload> changed) {
    return withWorkloads(List.copyOf(changed));
  }

  /** Sets the pods that a list request returns. */
  public SimulatedCluster livePods(Workload... pods) {
    return withLivePods(List.of(pods));
  }

  /** Sets the other resources that manage the same database. */
  public SimulatedCluster sharedWith(SchemaVersion... others) {
    return withSharedWith(List.of(others));
  }

  public SimulatedCluster with(ObservedJob job) {
    var more = new ArrayList<>(jobs);
    more.add(job);
    return jobs(more);
  }

  public SimulatedCluster without(ObservedJob job) {
    return jobs(jobs.stream().filter(other -> !other.uid().equals(job.uid())).toList());
  }

  public SimulatedCluster jobs(List<ObservedJob> changed) {
    return withJobs(List.copyOf(changed));
  }

  /** Changes the active Job. */
  public SimulatedCluster activeJob(UnaryOperator<ObservedJob> change) {
    return changing(activeJob().uid(), change);
  }

  public ObservedJob activeJob() {
    var active = jobs.stream().filter(ObservedJob::active).toList();
    assertThat(active).as("Jobs that have not ended").hasSize(1);
    return active.getFirst();
  }

  public SimulatedCluster starts() {
    return activeJob(job -> JobFixtures.running(job, now));
  }

  public SimulatedCluster waitsFor(String what) {
    return activeJob(job -> JobFixtures.waiting(job, what));
  }

  public SimulatedCluster ends(Report report) {
    return activeJob(job -> JobFixtures.ended(job, report, now));
  }

  public SimulatedCluster dies(String how, Integer exitCode) {
    return activeJob(job -> JobFixtures.died(job, how, exitCode, now));
  }

  public SchemaVersionStatus status() {
    return resource.getStatus();
  }

  public Condition condition(ConditionType type) {
    return condition(status(), type);
  }

  public static Condition condition(SchemaVersionStatus status, ConditionType type) {
    return status.conditions().stream()
        .filter(condition -> condition.getType().equals(type.name()))
        .findFirst()
        .orElseThrow();
  }

  SimulatedCluster changing(String uid, UnaryOperator<ObservedJob> change) {
    return jobs(jobs.stream().map(job -> job.uid().equals(uid) ? change.apply(job) : job).toList());
  }

  SchemaVersion copy() {
    return JSON.clone(resource);
  }
}
