package dev.schemaversion.decide.model;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ClusterState;
import dev.schemaversion.decide.ClusterStateBuilder;
import dev.schemaversion.decide.Decision;
import dev.schemaversion.decide.JobFixtures;
import dev.schemaversion.decide.model.InternPool.Ref;
import dev.schemaversion.decide.status.InterruptedSync;
import dev.schemaversion.desired.JobFactory;
import dev.schemaversion.desired.ScratchImages;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Computes the decisions of an operator, each of them once: the same view gives the same decision.
 * All delays have expired; that time passes means that other transitions come first.
 */
final class DecisionCache {
  /** The time of all observed events. */
  static final Instant BEFORE = Instant.parse("2026-03-01T12:00:00Z");

  /** The time of all decisions: after every back-off, and before a scheduled verification. */
  private static final Instant NOW = BEFORE.plusSeconds(600);

  private static final String MIGRATIONS = "sha256:" + "a1".repeat(32);
  private static final JobFactory FACTORY = new JobFactory("operator", ScratchImages.OFFICIAL);

  private static final String GLANCE =
      """
      apiVersion: schemaversion.dev/v1alpha1
      kind: SchemaVersion
      metadata: {name: glance, namespace: glance, uid: 5f0c1f5e-0000-4000-8000-000000000001}
      spec:
        database: {engine: PostgreSQL, host: db, name: glance, secretRef: {name: glance-db}}
        migrations: {configMapRefs: [{name: glance-migrations}]}
        job: {history: {successful: 0, failed: 0}}
        version: "1"
        suspend: false
      """;

  private static final String CLAIM = "  baseline: {version: \"0\"}\n";

  private record View(
      Ref<Resource> resource,
      Ref<List<Job>> jobs,
      boolean podsListed,
      String neverCreated,
      boolean queued) {}

  private record JobKey(Ref<Resource> resource, Action.CreateJob action, int number) {}

  private final String manifest;
  private final Function<ClusterState, Decision> decide;
  private final InternPool pool;
  private final Map<View, Ref<List<ApiRequest>>> passes = new HashMap<>();
  private final Map<JobKey, Job> created = new HashMap<>();
  private final Map<Ref<Resource>, SchemaVersion> resources = new HashMap<>();

  /**
   * Creates the cache.
   *
   * @param claims whether the resource claims a version
   */
  DecisionCache(Function<ClusterState, Decision> decide, InternPool pool, boolean claims) {
    this.manifest = claims ? GLANCE + CLAIM : GLANCE;
    this.decide = decide;
    this.pool = pool;
  }

  /**
   * Returns the requests of a pass.
   *
   * @param podsListed whether the operator has listed the live pods; there are none
   * @param neverCreated the Job whose record the decision does not see, or null
   */
  Ref<List<ApiRequest>> pass(
      Ref<Resource> resource, Ref<List<Job>> jobs, boolean podsListed, String neverCreated) {
    return pass(new View(resource, jobs, podsListed, neverCreated, false));
  }

  /** Returns the requests of a pass while the limits of Jobs are reached. */
  Ref<List<ApiRequest>> queuedPass(
      Ref<Resource> resource, Ref<List<Job>> jobs, String neverCreated) {
    return pass(new View(resource, jobs, false, neverCreated, true));
  }

  private Ref<List<ApiRequest>> pass(View view) {
    var known = passes.get(view);
    if (known == null) {
      known = pool.of(decide(view));
      passes.put(view, known);
    }
    return known;
  }

  int decisions() {
    return passes.size();
  }

  private List<ApiRequest> decide(View view) {
    var decision = decide.apply(observed(view));
    boolean listsPods = decision.listsLivePods() && !view.podsListed();
    var status = withPastTarget(decision.status());
    var requests = new ArrayList<ApiRequest>();
    if (!status.equals(view.resource().value.status())) {
      requests.add(new ApiRequest.WriteStatus(status, listsPods));
    } else if (listsPods) {
      return pass(view.resource(), view.jobs(), true, view.neverCreated()).value;
    }
    decision.actions().stream()
        .filter(action -> !(action instanceof Action.EmitEvent))
        .map(ApiRequest.Execute::new)
        .forEach(requests::add);
    return List.copyOf(requests);
  }

  private ClusterState observed(View view) {
    var observed =
        ClusterStateBuilder.builder()
            .resource(schemaVersion(seen(view)))
            .migrationsDigest(MIGRATIONS)
            .jobs(view.jobs().value.stream().map(Job::seen).toList())
            .workloads(List.of())
            .sharedWith(List.of())
            .queued(view.queued() ? "the limit is reached" : null)
            .factory(FACTORY)
            .now(NOW)
            .build();
    return view.podsListed() ? observed.withLivePods(List.of()) : observed;
  }

  private Ref<Resource> seen(View view) {
    var resource = view.resource().value;
    var status = InterruptedSync.withoutNeverCreated(resource.status(), view.neverCreated());
    return pool.of(resource.recording(status));
  }

  /** The target was announced long ago, so that every cache of the gate has it. */
  private static SchemaVersionStatus withPastTarget(SchemaVersionStatus status) {
    return status.targetSince() == null ? status : status.withTargetSince(BEFORE.toString());
  }

  private SchemaVersion schemaVersion(Ref<Resource> ref) {
    return resources.computeIfAbsent(
        ref,
        any -> {
          var resource = ref.value;
          var schemaVersion =
              Serialization.unmarshal(
                  manifest
                      .replace("version: \"1\"", "version: \"" + resource.wanted() + "\"")
                      .replace("suspend: false", "suspend: " + resource.suspended()),
                  SchemaVersion.class);
          var metadata = schemaVersion.getMetadata();
          metadata.setGeneration((long) resource.generation());
          metadata.setAnnotations(Map.of(Names.RETRY, "" + resource.retry()));
          metadata.setFinalizers(resource.kept() ? List.of(Names.FINALIZER) : List.of());
          metadata.setDeletionTimestamp(resource.deleting() ? BEFORE.toString() : null);
          schemaVersion.setStatus(resource.status());
          return schemaVersion;
        });
  }

  /** Returns the Job that an action creates; the number orders Jobs by creation. */
  Job job(Ref<Resource> resource, Action.CreateJob action, int number) {
    return created.computeIfAbsent(
        new JobKey(resource, action, number),
        any -> {
          var job =
              FACTORY.job(
                  schemaVersion(resource),
                  action.step(),
                  action.attempt(),
                  MIGRATIONS,
                  action.knownState());
          return new Job(
              JobFixtures.created(job, BEFORE.minusSeconds(100 - number)),
              resource.value.wanted(),
              action.knownState().afterLost(),
              action.knownState().first());
        });
  }
}
