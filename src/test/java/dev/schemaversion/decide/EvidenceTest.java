package dev.schemaversion.decide;

import static dev.schemaversion.decide.Worlds.OTHER_DATABASE;
import static dev.schemaversion.decide.Worlds.OTHER_MIGRATIONS;
import static dev.schemaversion.decide.Worlds.applied;
import static dev.schemaversion.decide.Worlds.atThirteen;
import static dev.schemaversion.decide.Worlds.baselined;
import static dev.schemaversion.decide.Worlds.claimed;
import static dev.schemaversion.decide.Worlds.failed;
import static dev.schemaversion.decide.Worlds.foundEmpty;
import static dev.schemaversion.decide.Worlds.foundHistory;
import static dev.schemaversion.decide.Worlds.on;
import static dev.schemaversion.decide.Worlds.synced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.BaselineStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known about the database, from what, and how long. */
class EvidenceTest {
  private static final Duration AN_HOUR = Duration.ofHours(1);

  static Stream<Arguments> startingPoints() {
    return Stream.of(
        Arguments.of(foundEmpty(), "Empty", null, "the database was empty"),
        Arguments.of(
            claimed("9"),
            "Claimed",
            "9",
            "the database was stamped 9, as spec.baseline.version says"),
        Arguments.of(foundHistory("11"), "History", "11", "the database had a history at 11"));
  }

  @ParameterizedTest(name = "{1} {2}")
  @MethodSource("startingPoints")
  void theStartingPointIsRecorded(
      Report report, String established, String version, String message) {
    var world = applied().settle().ends(report).settle();
    var status = world.status();

    assertThat(status.baseline().established()).isEqualTo(established);
    assertThat(status.baseline().version()).isEqualTo(version);
    assertThat(status.version()).isEqualTo(version);
    assertThat(status.database().server()).isEqualTo(Worlds.DATABASE.server());
    assertThat(status.database().serverVersion()).isEqualTo("17.2");
    assertThat(world.condition(ConditionType.Baselined).getStatus()).isEqualTo("True");
    assertThat(world.condition(ConditionType.Baselined).getReason()).isEqualTo(established);
    assertThat(world.condition(ConditionType.Baselined).getMessage()).isEqualTo(message);
  }

  @Test
  void aSyncThatSucceededIsRecorded() {
    var status = atThirteen().status();

    assertThat(status.version()).isEqualTo("13");
    assertThat(status.synced().version()).isEqualTo("13");
    assertThat(status.synced().migrations()).isEqualTo(Worlds.MIGRATIONS);
    assertThat(status.operations())
        .extracting(Operation::step, Operation::reason, Operation::migrations)
        .containsExactly(tuple("baseline", "Succeeded", 0), tuple("sync", "Succeeded", 13));
  }

  @Test
  void aJobThatWasRecordedButNotAdoptedIsRecordedOnce() {
    var ended = baselined().starts().ends(synced("13", 13));
    // The operator was killed after it had written the status.
    var recorded = ended.recording(ended.next().status());

    assertThat(recorded.next().status()).isEqualTo(recorded.status());
    assertThat(Saying.of(recorded.next().actions())).contains("adopt sync 1");
  }

  @Test
  void decidingTwiceInTheSameWorldIsTheSame() {
    var world = baselined().starts().ends(failed(Step.SYNC, Outcome.DEADLOCK));

    assertThat(world.next()).isEqualTo(world.next());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spec: {database: {host: standby}}",
        "spec: {database: {port: 5433}}",
        "spec: {database: {name: other}}",
        "spec: {database: {schemas: [other]}}",
        "spec: {database: {host: null}}",
        "spec: {migrations: {flyway: {table: other_history}}}"
      })
  void anotherAddressVoidsAllEvidence(String change) {
    var moved = atThirteen().patch(change).settle();

    assertThat(moved.status().version()).isNull();
    assertThat(moved.status().baseline()).isNull();
    assertThat(moved.status().synced()).isNull();
    assertThat(moved.status().database().server()).isNull();
    assertThat(moved.status().operations()).hasSize(2);
    assertThat(moved.condition(ConditionType.Ready).getStatus()).isEqualTo("False");
    assertThat(moved.activeJob().step()).isEqualTo(Step.BASELINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spec: {database: {role: glance_owner}}",
        "spec: {database: {secretRef: {name: other-secret}}}",
        "spec: {database: {tls: {mode: Require}}}",
        "spec: {version: '14'}"
      })
  void otherChangesLeaveTheEvidenceAlone(String change) {
    var changed = atThirteen().patch(change).settle();

    assertThat(changed.status().version()).isEqualTo("13");
    assertThat(changed.status().baseline()).isNotNull();
    assertThat(changed.activeJob().step()).isEqualTo(Step.SYNC);
  }

  @Test
  void anotherSecretIsAnotherAddressWhereItLeadsToTheDatabase() {
    var bySecret = "spec: {database: {host: null, port: null, name: null}}";
    var there =
        applied().patch(bySecret).settle().ends(foundEmpty()).settle().ends(synced("13", 13));
    var moved = there.settle().patch("spec: {database: {secretRef: {name: other}}}").settle();

    assertThat(moved.status().version()).isNull();
  }

  @Test
  void goingBackToTheFormerAddressProvesNothing() {
    var back =
        atThirteen()
            .patch("spec: {database: {host: standby}}")
            .settle()
            .patch("spec: {database: {host: postgres}}")
            .settle();

    assertThat(back.status().version()).isNull();
    assertThat(back.activeJob().step()).isEqualTo(Step.BASELINE);
  }

  @Test
  void aJobForAnotherAddressIsRecordedAndTeachesNothing() {
    var moved =
        applied()
            .settle()
            .starts()
            .patch("spec: {database: {host: standby}}")
            .settle()
            .ends(foundHistory("13"))
            .settle();

    assertThat(moved.status().operations())
        .singleElement()
        .extracting(Operation::version)
        .isEqualTo("13");
    assertThat(moved.status().version()).isNull();
    assertThat(moved.status().baseline()).isNull();
    assertThat(moved.activeJob().step()).isEqualTo(Step.BASELINE);
    assertThat(moved.activeJob().attempt()).isOne();
  }

  @Test
  void anotherDatabaseUnderTheSameAddressStartsOver() {
    var changed = failed(Step.SYNC, Outcome.DATABASE_CHANGED);
    var world = baselined().ends(on(OTHER_DATABASE, changed));

    assertThat(Saying.of(world.next().actions()))
        .contains("warn DatabaseChanged", "create baseline 2");
    world = world.settle();
    assertThat(world.status().version()).isNull();
    assertThat(world.status().baseline()).isNull();

    // The sync waits after its failed attempt, then goes for the new database.
    world = world.ends(on(OTHER_DATABASE, foundHistory("12"))).settle();
    assertThat(world.status().version()).isEqualTo("12");
    assertThat(Saying.of(world.later(AN_HOUR).next().actions()))
        .contains("create sync 2 on " + OTHER_DATABASE);
  }

  @Test
  void whatASyncCommittedBeforeItFailedCounts() {
    var world = baselined().ends(failed(Step.SYNC, Outcome.MIGRATION_FAILED, "11", 11)).settle();

    assertThat(world.status().version()).isEqualTo("11");
    assertThat(world.status().synced()).isNull();
    assertThat(world.condition(ConditionType.Synced).getReason()).isEqualTo("MigrationFailed");
  }

  @Test
  void whatWasWantedBeforeAFailedStepIsNotThereAnyMore() {
    // 14 was committed, 15 failed, and the user goes back to 13.
    var higher = atThirteen().patch("spec: {version: '15'}").settle();
    var failed = higher.ends(failed(Step.SYNC, Outcome.MIGRATION_FAILED, "14", 1)).settle();
    var back = failed.patch("spec: {version: '13'}").settle();

    assertThat(back.status().version()).isEqualTo("14");
    assertThat(back.condition(ConditionType.Ready).getStatus()).isEqualTo("False");
    assertThat(back.condition(ConditionType.Stalled).getReason()).isEqualTo("DowngradeRefused");
  }

  @Test
  void afterARunnerThatLeftNoTraceTheDatabaseIsAskedAgain() {
    // It may have committed 14 before it died.
    var lost = atThirteen().patch("spec: {version: '15'}").settle().starts().dies("Evicted", null);
    var back = lost.settle().patch("spec: {version: '13'}").settle();

    assertThat(back.condition(ConditionType.Ready).getStatus()).isEqualTo("False");
    assertThat(back.activeJob().step()).isEqualTo(Step.SYNC);
  }

  @Test
  void whileASyncRunsTheDatabaseIsNotWhatIsWantedEvenIfItWas() {
    var higher = atThirteen().patch("spec: {version: '14'}").settle().starts();
    var back = higher.patch("spec: {version: '13'}").settle();

    assertThat(back.condition(ConditionType.Ready).getStatus()).isEqualTo("False");
    assertThat(back.condition(ConditionType.Ready).getReason()).isEqualTo("SyncRunning");
  }

  @Test
  void aFailureThatLeftTheDatabaseAloneVoidsNothing() {
    var higher = atThirteen().patch("spec: {version: '14'}").settle();
    var failed = higher.ends(failed(Step.SYNC, Outcome.VERSION_MISSING, "13", 0)).settle();
    var back = failed.patch("spec: {version: '13'}").settle();

    assertThat(back.condition(ConditionType.Ready).getStatus()).isEqualTo("True");
  }

  @Test
  void theLastTenJobsAreKept() {
    var world = applied().settle();
    for (int i = 0; i < 14; i++) {
      world = world.ends(failed(Step.BASELINE, Outcome.LOCK_BUSY)).settle().later(AN_HOUR).settle();
    }

    assertThat(world.status().operations())
        .extracting(Operation::attempt)
        .containsExactly(5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
  }

  @Test
  void aNodesFastClockDoesNotMakeTheWaitLonger() {
    var world = applied().settle().starts();
    var ahead =
        world.activeJob(
            job ->
                Jobs.ended(
                    job, failed(Step.BASELINE, Outcome.LOCK_BUSY), world.now().plus(AN_HOUR)));

    assertThat(ahead.settle().next().lookAgain()).contains(Duration.ofSeconds(5));
  }

  @Test
  void aJobNameIsNeverTakenTwice() {
    // Its attempt has scrolled out of the ten, but the Job is still there.
    var keepingAll = applied().patch("spec: {job: {history: {successful: 20, failed: 20}}}");
    var world = keepingAll.settle().ends(foundEmpty()).settle();
    for (int i = 0; i < 10; i++) {
      world = world.ends(failed(Step.SYNC, Outcome.LOCK_BUSY)).settle().later(AN_HOUR).settle();
    }
    world = world.ends(on(OTHER_DATABASE, failed(Step.SYNC, Outcome.DATABASE_CHANGED))).settle();

    assertThat(world.activeJob().step()).isEqualTo(Step.BASELINE);
    assertThat(world.activeJob().attempt()).isEqualTo(2);
  }

  @Test
  void attemptsStartAnewBeforeTheJobsNameWouldBeTooLong() {
    var world = applied().settle().ends(failed(Step.BASELINE, Outcome.LOCK_BUSY)).settle();
    var status = world.status();
    var last = status.operations().getLast();
    var weeks =
        new Operation(
            last.job(),
            last.step(),
            last.inputs(),
            9999,
            last.reason(),
            last.message(),
            null,
            null,
            null,
            last.finishedAt(),
            null);
    var after =
        Attempts.next(
            List.of(last, weeks),
            List.of(),
            Step.BASELINE,
            last.inputs(),
            world.later(AN_HOUR).now());

    assertThat(after).isEqualTo(new Attempts.Next.Go(1));
  }

  @Test
  void aBaselineWordOfANewerReleaseIsShownAsItIs() {
    var status = atThirteen().status();
    var proven =
        new SchemaVersionStatus(
            status.observedGeneration(),
            status.version(),
            status.held(),
            status.conditions(),
            status.database(),
            new BaselineStatus("Proven", "9", status.baseline().at()),
            status.synced(),
            status.operations(),
            status.workloads());

    var rolledBack = atThirteen().recording(proven).settle();

    assertThat(rolledBack.condition(ConditionType.Baselined).getReason()).isEqualTo("Proven");
    assertThat(rolledBack.condition(ConditionType.Ready).getStatus()).isEqualTo("True");
  }

  @Test
  void migrationsThatChangeWhileASyncRunsAreSyncedAfterIt() {
    var world = baselined().starts().migrations(OTHER_MIGRATIONS).ends(synced("13", 13)).settle();

    assertThat(world.status().version()).isEqualTo("13");
    assertThat(world.condition(ConditionType.Ready).getStatus()).isEqualTo("False");
    assertThat(world.activeJob().step()).isEqualTo(Step.SYNC);
  }
}
