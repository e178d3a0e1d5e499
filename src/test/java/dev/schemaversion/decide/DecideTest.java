package dev.schemaversion.decide;

import static dev.schemaversion.decide.Worlds.DATABASE;
import static dev.schemaversion.decide.Worlds.MIGRATIONS;
import static dev.schemaversion.decide.Worlds.OTHER_MIGRATIONS;
import static dev.schemaversion.decide.Worlds.applied;
import static dev.schemaversion.decide.Worlds.atThirteen;
import static dev.schemaversion.decide.Worlds.baselined;
import static dev.schemaversion.decide.Worlds.claimed;
import static dev.schemaversion.decide.Worlds.failed;
import static dev.schemaversion.decide.Worlds.foundEmpty;
import static dev.schemaversion.decide.Worlds.foundHistory;
import static dev.schemaversion.decide.Worlds.synced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole chain of rules as a table: a world, and what is decided in it. */
class DecideTest {
  /** Ready and its reason, then Reconciling or Stalled if one is True. */
  record Row(String name, World world, String ready, List<String> actions) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row row(String name, World world, String ready, String... actions) {
    return new Row(name, world, ready, List.of(actions));
  }

  static Stream<Row> beforeTheFirstJobHasEnded() {
    var baseline = applied().settle();
    return Stream.of(
        row(
            "nothing yet: the resource is kept and the baseline Job created",
            applied(),
            "False BaselineRunning Reconciling",
            "keep",
            "create baseline 1"),
        row(
            "a ConfigMap is missing: told, and nothing starts",
            applied().lacking("glance-migrations"),
            "False MigrationsNotFound Reconciling",
            "warn MigrationsNotFound"),
        row(
            "the missing ConfigMap was told already",
            applied().lacking("glance-migrations").settle(),
            "False MigrationsNotFound Reconciling"),
        row(
            "the missing ConfigMap is applied: it goes on by itself",
            applied().lacking("glance-migrations").settle().migrations(MIGRATIONS),
            "False BaselineRunning Reconciling",
            "keep",
            "create baseline 1"),
        row(
            "suspended from the start: nothing starts",
            applied().patch("spec: {suspend: true}"),
            "False Suspended"),
        row(
            "the Job is there, its pod not yet: waited for",
            baseline,
            "False BaselineRunning Reconciling"),
        row(
            "the pod cannot start: what it waits for is told",
            baseline.waitsFor("ErrImagePull: no such image"),
            "False JobPending Reconciling",
            "warn JobPending"),
        row(
            "half a minute later there is no word from its pod: told where to look",
            baseline.later(Duration.ofSeconds(30)),
            "False JobPending Reconciling",
            "warn JobPending"),
        row(
            "suspended while the Job has not started: it goes on",
            baseline.patch("spec: {suspend: true}"),
            "False Suspended"),
        row(
            "suspended and changed while the Job has not started: taken back",
            baseline.patch("spec: {suspend: true, version: '12'}"),
            "False JobReplaced Reconciling",
            "take back baseline 1"),
        row("the Job runs: waited for", baseline.starts(), "False BaselineRunning Reconciling"),
        row(
            "the Job runs and the resource is kept no more: kept again",
            baseline.starts().patch("metadata: {finalizers: null}"),
            "False BaselineRunning Reconciling",
            "keep"),
        row(
            "the Job has not started and the version changes: replaced",
            baseline.waitsFor("ErrImagePull: no such image").patch("spec: {version: '12'}"),
            "False JobReplaced Reconciling",
            "take back baseline 1"),
        row(
            "the Job has not started and its pods should look otherwise: replaced",
            baseline.patch("spec: {job: {nodeSelector: {disk: fast}}}"),
            "False JobReplaced Reconciling",
            "take back baseline 1"),
        row(
            "the Job has not started and a retry is asked for: replaced",
            baseline.patch("metadata: {annotations: {schemaversion.dev/retry: now}}"),
            "False JobReplaced Reconciling",
            "take back baseline 1"),
        row(
            "the Job has not started and its ConfigMap is deleted: taken back",
            baseline.lacking("glance-migrations"),
            "False JobReplaced Reconciling",
            "take back baseline 1"),
        row(
            "the Job that was replaced is gone: another is created",
            baseline.patch("spec: {version: '12'}").without(baseline.activeJob()),
            "False BaselineRunning Reconciling",
            "create baseline 1"),
        row(
            "the Job runs and the version changes: waited for",
            baseline.starts().patch("spec: {version: '12'}"),
            "False BaselineRunning Reconciling"),
        row(
            "the Job runs and its ConfigMap is deleted: waited for",
            baseline.starts().lacking("glance-migrations"),
            "False BaselineRunning Reconciling"),
        row(
            "suspended while the Job runs: it goes on, and the resource is kept",
            baseline.starts().patch("spec: {suspend: true}"),
            "False Suspended"));
  }

  static Stream<Row> whenAJobHasEnded() {
    var baseline = applied().settle().starts();
    var sync = baselined().starts();
    var refused = baseline.ends(failed(Step.BASELINE, Outcome.BASELINE_REQUIRED));
    return Stream.of(
        row(
            "the database was empty: recorded, and the sync Job created for it",
            baseline.ends(foundEmpty()),
            "False SyncRunning Reconciling",
            "tell Succeeded",
            "adopt baseline 1",
            "create sync 1 on " + DATABASE),
        row(
            "the database was stamped: recorded, and the sync Job created for it",
            baseline.ends(claimed("9")),
            "False SyncRunning Reconciling",
            "tell Succeeded",
            "adopt baseline 1",
            "create sync 1 on " + DATABASE),
        row(
            "the database has a history at the wanted version: a sync makes sure",
            baseline.ends(foundHistory("13")),
            "False SyncRunning Reconciling",
            "tell Succeeded",
            "adopt baseline 1",
            "create sync 1 on " + DATABASE),
        row(
            "the database has a history at a higher version: refused without a Job",
            baseline.ends(foundHistory("14")),
            "False DowngradeRefused Stalled",
            "tell Succeeded",
            "adopt baseline 1",
            "warn DowngradeRefused",
            "let go"),
        row(
            "the baseline is refused: recorded, and a person must act",
            refused,
            "False BaselineRequired Stalled",
            "warn BaselineRequired",
            "adopt baseline 1",
            "let go"),
        row(
            "the refusal stands",
            refused.settle().later(Duration.ofDays(3)),
            "False BaselineRequired Stalled"),
        row(
            "the baseline that was missing is given: it goes on by itself",
            refused.settle().patch("spec: {baseline: {version: '9'}}"),
            "False BaselineRunning Reconciling",
            "keep",
            "create baseline 1"),
        row(
            "suspended when the Job ends: recorded, and nothing starts",
            baseline.patch("spec: {suspend: true}").settle().ends(foundEmpty()),
            "False Suspended",
            "tell Succeeded",
            "adopt baseline 1",
            "let go"),
        row(
            "no more suspended: it goes on where it was",
            baseline
                .patch("spec: {suspend: true}")
                .ends(foundEmpty())
                .settle()
                .patch("spec: {suspend: false}"),
            "False SyncRunning Reconciling",
            "keep",
            "create sync 1 on " + DATABASE),
        row(
            "the sync is done: at the version, and the resource kept no more",
            sync.ends(synced("13", 13)),
            "True AtVersion",
            "tell Succeeded",
            "adopt sync 1",
            "tell AtVersion",
            "delete baseline 1",
            "let go"),
        row("nothing has changed: nothing is done", atThirteen(), "True AtVersion"),
        row(
            "a bad script: recorded, and a person must act",
            sync.ends(failed(Step.SYNC, Outcome.MIGRATION_FAILED, "11", 11)),
            "False MigrationFailed Stalled",
            "warn MigrationFailed",
            "adopt sync 1",
            "let go"),
        row(
            "the script is mended: it goes on by itself, under a new name",
            sync.ends(failed(Step.SYNC, Outcome.MIGRATION_FAILED, "11", 11))
                .settle()
                .migrations(OTHER_MIGRATIONS),
            "False SyncRunning Reconciling",
            "keep",
            "create sync 1 on " + DATABASE));
  }

  static Stream<Row> onceAtTheVersion() {
    var there = atThirteen();
    var higher = there.patch("spec: {version: '14'}").migrations(OTHER_MIGRATIONS);
    return Stream.of(
        row(
            "a higher version is wanted: a sync",
            higher,
            "False SyncRunning Reconciling",
            "keep",
            "create sync 1 on " + DATABASE),
        row(
            "the migrations changed: a sync finds out whether that matters",
            there.migrations(OTHER_MIGRATIONS),
            "False SyncRunning Reconciling",
            "keep",
            "create sync 1 on " + DATABASE),
        row(
            "a lower version is wanted: refused without a Job",
            there.patch("spec: {version: '12'}"),
            "False DowngradeRefused Stalled",
            "warn DowngradeRefused"),
        row(
            "the same version written otherwise is no downgrade",
            there.patch("spec: {version: '13.0'}"),
            "False SyncRunning Reconciling",
            "keep",
            "create sync 1 on " + DATABASE),
        row(
            "wanted lower, then as it was: at the version again",
            there.patch("spec: {version: '12'}").settle().patch("spec: {version: '13'}"),
            "True AtVersion",
            "tell AtVersion"),
        row(
            "the pods should look otherwise: no Job for that",
            there.patch("spec: {job: {podLabels: {team: glance}}}"),
            "True AtVersion"),
        row(
            "a retry is asked for: nothing is left to try",
            there.patch("metadata: {annotations: {schemaversion.dev/retry: now}}"),
            "True AtVersion"),
        row(
            "the baseline is taken out of the spec: it has done its work",
            applied()
                .patch("spec: {baseline: {version: '9'}}")
                .settle()
                .ends(claimed("9"))
                .settle()
                .ends(synced("13", 4))
                .settle()
                .patch("spec: {baseline: null}"),
            "True AtVersion"),
        row(
            "the ConfigMap is deleted: not ready, since nobody can tell",
            there.lacking("glance-migrations"),
            "False MigrationsNotFound Reconciling",
            "warn MigrationsNotFound"),
        row(
            "suspended: ready nevertheless",
            there.patch("spec: {suspend: true}"),
            "True AtVersion"),
        row(
            "suspended, and a higher version is wanted: nothing starts",
            higher.patch("spec: {suspend: true}"),
            "False Suspended"));
  }

  static Stream<Row> whileItIsBeingDeleted() {
    var baseline = applied().settle();
    return Stream.of(
        row(
            "deleted while the Job runs: waited for",
            baseline.starts().deleted(),
            "False DeletionWaits Reconciling"),
        row(
            "deleted while the Job has not started: taken back",
            baseline.deleted(),
            "False DeletionWaits Reconciling",
            "take back baseline 1"),
        row(
            "deleted and suspended while the Job has not started: taken back",
            baseline.patch("spec: {suspend: true}").deleted(),
            "False DeletionWaits Reconciling",
            "take back baseline 1"),
        row(
            "deleted and the Job taken back is gone: let go",
            baseline.deleted().without(baseline.activeJob()),
            "False DeletionWaits Reconciling",
            "let go"),
        row(
            "deleted and the Job has ended: recorded, then let go",
            baseline.starts().deleted().settle().ends(foundEmpty()),
            "False DeletionWaits Reconciling",
            "tell Succeeded",
            "adopt baseline 1",
            "let go"),
        row(
            "deleted before anything started: nothing starts",
            applied().deleted(),
            "False DeletionWaits Reconciling"),
        row(
            "deleted and its ConfigMap as well, while the Job runs: waited for",
            baseline.starts().lacking("glance-migrations").deleted(),
            "False DeletionWaits Reconciling"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "beforeTheFirstJobHasEnded",
    "whenAJobHasEnded",
    "onceAtTheVersion",
    "whileItIsBeingDeleted"
  })
  void decides(Row row) {
    var decision = row.world().next();

    assertThat(standing(decision)).isEqualTo(row.ready());
    assertThat(Saying.of(decision.actions())).containsExactlyElementsOf(row.actions());
    assertThat(decision.status().observedGeneration())
        .isEqualTo(row.world().resource().getMetadata().getGeneration());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "beforeTheFirstJobHasEnded",
    "whenAJobHasEnded",
    "onceAtTheVersion",
    "whileItIsBeingDeleted"
  })
  void onceCarriedOutThereIsNothingMoreToDecide(Row row) {
    var world = row.world().settle();

    assertThat(world.next().actions()).isEmpty();
    assertThat(world.next().status()).isEqualTo(world.status());
  }

  private static String standing(Decision decision) {
    var standing = new StringBuilder();
    var ready = World.condition(decision.status(), ConditionType.Ready);
    standing.append(ready.getStatus()).append(' ').append(ready.getReason());
    for (var type : List.of(ConditionType.Reconciling, ConditionType.Stalled)) {
      if (World.condition(decision.status(), type).getStatus().equals("True")) {
        standing.append(' ').append(type);
      }
    }
    return standing.toString();
  }
}
