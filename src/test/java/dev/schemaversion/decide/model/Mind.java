package dev.schemaversion.decide.model;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ClusterState;
import dev.schemaversion.decide.ClusterStateBuilder;
import dev.schemaversion.decide.Decision;
import dev.schemaversion.decide.JobFixtures;
import dev.schemaversion.decide.model.Pool.Ref;
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
 * What an operator makes of what it sees. The same view gives the same decision, so each view is
 * decided about once. Every wait is over: that time passes is that others move first.
 */
final class Mind {
  /** When everything has happened that was seen. */
  static final Instant BEFORE = Instant.parse("2026-03-01T12:00:00Z");

  /** When everything is decided: late enough for every back-off, too early for a routine look. */
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

  private record Seen(Ref<Resource> resource, Ref<List<Job>> jobs, boolean asked) {}

  private record Wish(Ref<Resource> resource, Action.CreateJob action, int number) {}

  private final Function<ClusterState, Decision> decide;
  private final Pool pool;
  private final Map<Seen, Ref<List<Op>>> passes = new HashMap<>();
  private final Map<Wish, Job> made = new HashMap<>();
  private final Map<Ref<Resource>, SchemaVersion> resources = new HashMap<>();

  Mind(Function<ClusterState, Decision> decide, Pool pool) {
    this.decide = decide;
    this.pool = pool;
  }

  /**
   * What is to be done.
   *
   * @param asked whether it has been asked which pods live; there are none
   */
  Ref<List<Op>> pass(Ref<Resource> resource, Ref<List<Job>> jobs, boolean asked) {
    var seen = new Seen(resource, jobs, asked);
    var known = passes.get(seen);
    if (known == null) {
      known = pool.of(think(seen));
      passes.put(seen, known);
    }
    return known;
  }

  int decided() {
    return passes.size();
  }

  private List<Op> think(Seen seen) {
    var decision = decide.apply(observed(seen));
    boolean asks = decision.asksWhoLives() && !seen.asked();
    var status = past(decision.status());
    var ops = new ArrayList<Op>();
    if (!status.equals(seen.resource().value.status())) {
      ops.add(new Op.Write(status, asks));
    } else if (asks) {
      return pass(seen.resource(), seen.jobs(), true).value;
    }
    decision.actions().stream()
        .filter(action -> !(action instanceof Action.Tell))
        .map(Op.Do::new)
        .forEach(ops::add);
    return List.copyOf(ops);
  }

  private ClusterState observed(Seen seen) {
    var observed =
        ClusterStateBuilder.builder()
            .resource(schemaVersion(seen.resource()))
            .migrationsDigest(MIGRATIONS)
            .jobs(seen.jobs().value.stream().map(Job::seen).toList())
            .workloads(List.of())
            .sharing(List.of())
            .factory(FACTORY)
            .now(NOW)
            .build();
    return seen.asked() ? observed.withLiving(List.of()) : observed;
  }

  /** The target was announced long ago: every cache of the gate knows it. */
  private static SchemaVersionStatus past(SchemaVersionStatus status) {
    return status.targetSince() == null ? status : status.withTargetSince(BEFORE.toString());
  }

  private SchemaVersion schemaVersion(Ref<Resource> ref) {
    return resources.computeIfAbsent(
        ref,
        any -> {
          var resource = ref.value;
          var made =
              Serialization.unmarshal(
                  GLANCE
                      .replace("version: \"1\"", "version: \"" + resource.wanted() + "\"")
                      .replace("suspend: false", "suspend: " + resource.suspended()),
                  SchemaVersion.class);
          var metadata = made.getMetadata();
          metadata.setGeneration((long) resource.generation());
          metadata.setAnnotations(Map.of(Names.RETRY, "" + resource.retry()));
          metadata.setFinalizers(resource.kept() ? List.of(Names.FINALIZER) : List.of());
          metadata.setDeletionTimestamp(resource.deleting() ? BEFORE.toString() : null);
          made.setStatus(resource.status());
          return made;
        });
  }

  /** The Job that is made, as the so-many-th. */
  Job job(Ref<Resource> resource, Action.CreateJob action, int number) {
    return made.computeIfAbsent(
        new Wish(resource, action, number),
        any -> {
          var job =
              FACTORY.job(
                  schemaVersion(resource),
                  action.step(),
                  action.attempt(),
                  MIGRATIONS,
                  action.given());
          return new Job(
              JobFixtures.created(job, BEFORE.minusSeconds(100 - number)),
              resource.value.wanted(),
              action.given().afterLost());
        });
  }
}
