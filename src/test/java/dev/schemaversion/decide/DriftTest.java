package dev.schemaversion.decide;

import static dev.schemaversion.decide.Worlds.DATABASE;
import static dev.schemaversion.decide.Worlds.OTHER_DATABASE;
import static dev.schemaversion.decide.Worlds.atThirteen;
import static dev.schemaversion.decide.Worlds.failed;
import static dev.schemaversion.decide.Worlds.on;
import static dev.schemaversion.decide.Worlds.proved;
import static dev.schemaversion.decide.Worlds.refuted;
import static dev.schemaversion.decide.Worlds.schema;
import static dev.schemaversion.decide.Worlds.schemaOf;
import static dev.schemaversion.decide.Worlds.seen;
import static dev.schemaversion.decide.Worlds.synced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Schema;
import dev.schemaversion.contract.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a schema that others change after it was proven. */
class DriftTest {
  private static final Duration LATER = Duration.ofMinutes(67);
  private static final Schema CHANGED = schema("an index dropped");
  private static final String HOLD = "spec: {drift: {onDrift: Hold}}";

  @Test
  void anUnchangedSchemaIsNoted() {
    var before = atThirteen();
    var looked = looking(before).ends(seen(schemaOf("13"))).settle();

    assertThat(ready(looked)).isEqualTo("True AtVersion");
    assertThat(looked.status().proof().checkedAt()).isEqualTo("2026-03-01T13:07:00Z");
    assertThat(looked.status().proof().provenAt()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(looked.condition(ConditionType.Proven))
        .isEqualTo(before.condition(ConditionType.Proven));
  }

  @Test
  void aChangedSchemaIsProvenAnewAtOnceAndNotReadyMeanwhile() {
    var changed = looking(atThirteen()).ends(seen(CHANGED));

    assertThat(Saying.of(changed.next().actions()))
        .contains("create prove 1 on " + DATABASE)
        .doesNotContain("tell Succeeded");
    changed = changed.settle();
    assertThat(ready(changed)).isEqualTo("False ProofRunning");
    assertThat(proven(changed)).isEqualTo("Unknown ProofPending");
    assertThat(changed.status().version()).isEqualTo("13");
  }

  @ParameterizedTest
  @ValueSource(strings = {"header", "fingerprint", "history"})
  void whateverOfTheThreeDigestsDiffersIsLookedInto(String which) {
    var known = schemaOf("13");
    var other =
        new Schema(
            which.equals("header") ? "postgresql 18" : known.header(),
            which.equals("fingerprint") ? "sha256:other" : known.fingerprint(),
            which.equals("history") ? "sha256:other" : known.history());

    assertThat(looking(atThirteen()).ends(seen(other)).settle().activeJob().step())
        .isEqualTo(Step.PROVE);
  }

  @Test
  void driftIsToldWithItsDifferencesAndWhatToDo() {
    var drifted = drifted(atThirteen());

    assertThat(ready(drifted)).isEqualTo("False Drifted");
    assertThat(proven(drifted)).isEqualTo("False Drifted");
    assertThat(drifted.condition(ConditionType.Stalled).getStatus()).isEqualTo("True");
    assertThat(drifted.condition(ConditionType.Proven).getMessage())
        .contains("2 objects differ from version 13")
        .contains("- index public.images.ix_images_deleted\n+ trigger audit")
        .contains("acceptDifference: sha256:d1d1");
    assertThat(drifted.status().proof().first()).hasSize(2);
    assertThat(drifted.status().proof().known().version()).isEqualTo("13");
    assertThat(drifted.status().version()).as("onDrift: Report").isEqualTo("13");
  }

  @Test
  void theMigrationsMayBuildWhatWasFoundAfterAll() {
    // Another major version prints definitions otherwise: another header, and no drift.
    var world = looking(atThirteen()).ends(seen(schemaOf("13 on 18"))).settle();
    var proven = world.later(Duration.ofSeconds(9)).ends(proved("13")).settle();

    assertThat(ready(proven)).isEqualTo("True AtVersion");
    assertThat(proven.status().proof().provenAt()).isEqualTo("2026-03-01T13:07:09Z");
    assertThat(proven.status().proof().known()).isNull();
  }

  @Test
  void undoneByHandItIsNoticedWithoutAScratchServer() {
    var healed = looking(drifted(atThirteen())).ends(seen(schemaOf("13")));

    assertThat(Saying.of(healed.next().actions())).contains("tell AtVersion");
    assertThat(ready(healed.settle())).isEqualTo("True AtVersion");
    assertThat(proven(healed.settle())).isEqualTo("True Proven");
    assertThat(healed.settle().status().proof().differences()).isNull();
  }

  @Test
  void whatStaysDriftedIsNotProvenAgainAndAgain() {
    var world = drifted(atThirteen());
    for (int i = 0; i < 3; i++) {
      var looked = looking(world).ends(seen(CHANGED)).settle();

      assertThat(looked.jobs()).noneMatch(ObservedJob::active);
      assertThat(looked.status().proof().first()).isEqualTo(world.status().proof().first());
      assertThat(ready(looked)).isEqualTo("False Drifted");
      world = looked;
    }
  }

  @Test
  void aFurtherChangeIsComparedAgain() {
    var further = looking(drifted(atThirteen())).ends(seen(schema("a trigger more"))).settle();

    assertThat(further.activeJob().step()).isEqualTo(Step.PROVE);
  }

  @Test
  void theSameDriftAfterItWasUndoneIsToldAgain() {
    var undone = looking(drifted(atThirteen())).ends(seen(schemaOf("13"))).settle();

    assertThat(ready(drifted(undone))).isEqualTo("False Drifted");
  }

  @Test
  void holdTakesTheVersionAwayUntilItIsUndone() {
    var drifted = drifted(atThirteen().patch(HOLD).settle());

    assertThat(drifted.status().version()).isNull();
    assertThat(looking(drifted).ends(seen(schemaOf("13"))).settle().status().version())
        .isEqualTo("13");
    assertThat(drifted.patch("spec: {drift: {onDrift: Report}}").settle().status().version())
        .isEqualTo("13");
  }

  @Test
  void holdHoldsFromTheMomentAChangeIsSeen() {
    var seen = looking(atThirteen().patch(HOLD).settle()).ends(seen(CHANGED)).settle();

    assertThat(seen.status().version()).isNull();
  }

  @Test
  void aProofThatCannotBeMadeIsUnknownAndNoDrift() {
    var world = looking(atThirteen()).ends(seen(CHANGED)).settle();
    var lacking = world.ends(failed(Step.PROVE, Outcome.SCRATCH_LACKS)).settle();

    assertThat(proven(lacking)).isEqualTo("Unknown ScratchLacks");
    assertThat(ready(lacking)).isEqualTo("False ScratchLacks");
    assertThat(lacking.next().actions()).isEmpty();

    var retried = lacking.patch("metadata: {annotations: {schemaversion.dev/retry: '1'}}").settle();
    assertThat(retried.activeJob().step()).isEqualTo(Step.PROVE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"DATABASE_UNREACHABLE", "ACCESS_DENIED", "LOCK_BUSY", "SCHEMA_BUSY"})
  void aLookThatFailsLeavesReadyAloneAndIsToldAndTriedAgain(Outcome outcome) {
    var failing = looking(atThirteen()).ends(failed(Step.VERIFY, outcome));

    assertThat(Saying.of(failing.next().actions())).contains("warn " + outcome.reason());
    failing = failing.settle();
    assertThat(ready(failing)).isEqualTo("True AtVersion");
    assertThat(failing.condition(ConditionType.Reconciling).getStatus()).isEqualTo("False");
    assertThat(failing.condition(ConditionType.Proven).getMessage())
        .contains("it could not be looked at since 2026-03-01T12:00:00Z: what happened");
    assertThat(failing.next().lookAgain()).contains(Duration.ofSeconds(5));
    assertThat(Saying.of(failing.later(Duration.ofSeconds(5)).next().actions()))
        .contains("create verify 2 on " + DATABASE);
  }

  @Test
  void aLookThatIsRefusedIsUnknown() {
    // The right to read the catalog was taken away.
    var blind = looking(atThirteen()).ends(failed(Step.VERIFY, Outcome.CANNOT_READ_CATALOG));
    blind = blind.settle().ends(failed(Step.PROVE, Outcome.CANNOT_READ_CATALOG)).settle();

    assertThat(proven(blind)).isEqualTo("Unknown CannotReadCatalog");
    assertThat(ready(blind)).isEqualTo("False CannotReadCatalog");
    assertThat(blind.jobs()).noneMatch(ObservedJob::active);
    assertThat(ready(looking(blind).ends(seen(schemaOf("13"))).settle()))
        .isEqualTo("True AtVersion");
  }

  @Test
  void anotherServerBehindTheSameNameStartsOver() {
    var changed = failed(Step.VERIFY, Outcome.DATABASE_CHANGED);
    var moved = looking(atThirteen()).ends(on(OTHER_DATABASE, changed)).settle();

    assertThat(moved.status().version()).isNull();
    assertThat(moved.status().proof()).isNull();
    assertThat(moved.activeJob().step()).isEqualTo(Step.BASELINE);
  }

  @Test
  void driftFoundByASyncIsWatchedAndTheSyncGoesOnWhenItIsUndone() {
    var higher = atThirteen().patch("spec: {version: '14'}").settle();
    var refused = higher.ends(refuted(Step.SYNC, Outcome.DRIFTED, "13", CHANGED)).settle();

    assertThat(ready(refused)).isEqualTo("False Drifted");
    assertThat(refused.status().version()).isEqualTo("13");
    assertThat(refused.jobs()).noneMatch(ObservedJob::active);

    var undone = looking(refused).ends(seen(schemaOf("13"))).settle();
    assertThat(undone.activeJob().step()).isEqualTo(Step.SYNC);
    assertThat(undone.activeJob().attempt()).isEqualTo(2);
    assertThat(ready(undone.ends(synced("14", 1)).settle())).isEqualTo("True AtVersion");
  }

  @Test
  void aSyncThatNeedsAProofGetsOneAndGoesOnAtOnce() {
    var higher = atThirteen().patch("spec: {version: '14'}").settle();
    var needed =
        higher.ends(
            Worlds.saying(
                failed(Step.SYNC, Outcome.PROOF_NEEDED, "13", 0), schema("restored"), null));

    assertThat(needed.settle().activeJob().step()).isEqualTo(Step.PROVE);
    var proven = needed.settle().ends(proved("13")).settle();
    assertThat(proven.activeJob().step()).isEqualTo(Step.SYNC);
    assertThat(proven.activeJob().attempt()).isEqualTo(2);
  }

  @Test
  void aSyncThatNeedsOneProofAfterTheOtherWaits() {
    var needed =
        Worlds.saying(failed(Step.SYNC, Outcome.PROOF_NEEDED, "13", 0), schema("restless"), null);
    var world = atThirteen().patch("spec: {version: '14'}").settle().ends(needed).settle();
    world = world.ends(proved("13")).settle().ends(needed).settle().ends(proved("13")).settle();

    assertThat(world.jobs()).noneMatch(ObservedJob::active);
    assertThat(world.next().lookAgain()).contains(Duration.ofSeconds(10));
    assertThat(world.later(Duration.ofSeconds(10)).settle().activeJob().step())
        .isEqualTo(Step.SYNC);
  }

  @Test
  void aSchemaThatIsNeverTheSameIsNotProvenWithoutEnd() {
    var world = looking(atThirteen()).ends(seen(CHANGED)).settle();
    var other = refuted(Step.PROVE, Outcome.DRIFTED, "13", schema("changed again"));

    assertThat(world.ends(other).settle().jobs()).noneMatch(ObservedJob::active);
  }

  @Test
  void aProofThatASyncNeedsAndThatIsRefusedStopsTheSync() {
    var higher = atThirteen().patch("spec: {version: '14'}").settle();
    var needed =
        higher.ends(Worlds.saying(failed(Step.SYNC, Outcome.PROOF_NEEDED, "13", 0), CHANGED, null));
    var refused =
        needed.settle().ends(refuted(Step.PROVE, Outcome.DRIFTED, "13", CHANGED)).settle();

    assertThat(ready(refused)).isEqualTo("False Drifted");
    assertThat(refused.condition(ConditionType.Stalled).getStatus()).isEqualTo("True");
    assertThat(refused.later(Duration.ofMinutes(10)).next().actions()).isEmpty();
  }

  @Test
  void looksDoNotPushOutWhatWasDone() {
    var world = atThirteen();
    for (int i = 0; i < 15; i++) {
      world = looking(world).ends(seen(schemaOf("13"))).settle();
    }

    assertThat(world.status().operations())
        .extracting(Operation::step)
        .containsExactly("baseline", "sync", "verify");
    assertThat(world.jobs()).extracting(ObservedJob::step).containsExactly(Step.SYNC, Step.VERIFY);
  }

  /** A look at the schema is on its way. */
  static World looking(World world) {
    var due = world.later(LATER).settle();
    assertThat(due.activeJob().step()).isEqualTo(Step.VERIFY);
    return due.starts();
  }

  /** An index was dropped by hand, and that was found. */
  static World drifted(World world) {
    return looking(world)
        .ends(seen(CHANGED))
        .settle()
        .ends(refuted(Step.PROVE, Outcome.DRIFTED, "13", CHANGED))
        .settle();
  }

  private static String ready(World world) {
    return said(world, ConditionType.Ready);
  }

  private static String proven(World world) {
    return said(world, ConditionType.Proven);
  }

  private static String said(World world, ConditionType type) {
    return world.condition(type).getStatus() + " " + world.condition(type).getReason();
  }
}
