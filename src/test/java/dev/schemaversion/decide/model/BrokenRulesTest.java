package dev.schemaversion.decide.model;

import static dev.schemaversion.decide.model.BrokenDecisions.attemptsByTheClock;
import static dev.schemaversion.decide.model.BrokenDecisions.changingStatus;
import static dev.schemaversion.decide.model.BrokenDecisions.forgettingInterruptedRuns;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.decide.model.State.Budget;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The model checker finds a violation for each safeguard that is disabled. */
@Execution(ExecutionMode.CONCURRENT)
class BrokenRulesTest {
  private static final boolean TRANSACTIONAL = true;
  private static final boolean STATEMENT_BY_STATEMENT = false;

  static Stream<Arguments> broken() {
    return Stream.of(
        broken(
            "the attempt number comes from the clock, and the operator does not list the Jobs again",
            Safeguards.ALL.withoutJobList().withDecision(attemptsByTheClock()),
            TRANSACTIONAL,
            new Budget(0, 0, 0, 4),
            "two Jobs are active at the same time",
            "creates the Job of attempt"),
        broken(
            "a second Job with the same name is accepted",
            Safeguards.ALL.withoutNames(),
            TRANSACTIONAL,
            new Budget(0, 0, 0, 4),
            "two Jobs are active at the same time",
            "creates the Job of attempt 1"),
        broken(
            "the wanted version is recorded while its sync runs",
            Safeguards.ALL.withDecision(changingStatus(BrokenDecisions::releasedTooEarly)),
            TRANSACTIONAL,
            new Budget(0, 0, 0, 4),
            "the gate releases a workload that requires a higher version",
            "writes the status"),
        broken(
            "the target of a sync is not announced while the sync runs",
            Safeguards.ALL.withDecision(changingStatus(BrokenDecisions::announcedTooShortly)),
            TRANSACTIONAL,
            new Budget(0, 1, 0, 6),
            "the gate releases a workload that does not run on the current version",
            "commits a script with its row"),
        broken(
            "an outdated Job is replaced while it runs",
            Safeguards.ALL.withDecision(BrokenDecisions::replacingRunningJobs).withoutPodRecheck(),
            TRANSACTIONAL,
            new Budget(0, 1, 0, 4),
            "a Job is deleted while it runs",
            "deletes pending glance-"),
        broken(
            "the operator trusts its cache that no Job exists",
            Safeguards.ALL.withoutJobRecheck(),
            TRANSACTIONAL,
            new Budget(0, 1, 0, 4),
            "the resource is removed while its Job runs",
            "removes the finalizer"),
        broken(
            "an interrupted run is forgotten, and the history has no mark either",
            Safeguards.ALL.withoutMarks().withDecision(forgettingInterruptedRuns()),
            STATEMENT_BY_STATEMENT,
            new Budget(1, 0, 0, 6),
            "a migration ran twice",
            "is killed"),
        broken(
            "runners do not acquire the lock",
            Safeguards.ALL.withoutLock(),
            TRANSACTIONAL,
            new Budget(1, 0, 0, 6),
            "two runners work on the database at the same time",
            "a user deletes"),
        broken(
            "a stale status is written, and the operator does not list the Jobs again",
            Safeguards.ALL.withoutPrecondition().withoutJobList(),
            TRANSACTIONAL,
            new Budget(0, 1, 1, 4),
            "",
            "becomes the leader"),
        broken(
            "a Job is created long after the decision",
            Safeguards.ALL.withoutFence(),
            TRANSACTIONAL,
            new Budget(1, 0, 1, 4),
            "two Jobs are active at the same time",
            "the former leader creates the Job"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void eachDisabledSafeguardIsFoundWithAShortestTrace(
      String what,
      Safeguards safeguards,
      boolean transactional,
      Budget budget,
      String rule,
      String happens) {
    var found = new Explorer(safeguards).explore(Database.empty(transactional), budget).broken();

    assertThat(found).isPresent();
    System.out.printf("When %s: %s%n", what, found.get());
    assertThat(found.get().rule()).startsWith(rule);
    assertThat(found.get().trace()).anyMatch(transition -> transition.what().contains(happens));
  }

  static Stream<Arguments> forgottenSyncs() {
    return Stream.of(
        Arguments.of(
            "a sync is forgotten while the cache does not show it",
            Safeguards.ALL.withDecision(changingStatus(BrokenDecisions::forgettingUnseenSyncs)),
            new Budget(0, 1, 0, 4)),
        Arguments.of(
            "the record of a sync is overlooked although its Job was created",
            Safeguards.ALL.withoutRememberedRequests(),
            new Budget(1, 1, 0, 4)),
        Arguments.of(
            "the operator trusts its cache that no other Job exists",
            Safeguards.ALL.withoutJobList(),
            new Budget(1, 1, 0, 4)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgottenSyncs")
  void aForgottenSyncMisleadsTheGate(String what, Safeguards safeguards, Budget budget) {
    var found = new Explorer(safeguards).explore(Database.atOne(TRANSACTIONAL), budget).broken();

    assertThat(found).isPresent();
    System.out.printf("When %s: %s%n", what, found.get());
    assertThat(found.get().rule())
        .isEqualTo("the gate releases a workload that does not run on the current version");
  }

  @Test
  void aVersionThatIsReachedDoesNotMeanThatTheSyncIsDone() {
    var found =
        new Explorer(Safeguards.ALL.withDecision(changingStatus(BrokenDecisions::readyByVersion)))
            .explore(Database.empty(TRANSACTIONAL).withRepeatable(), new Budget(1, 0, 0, 6))
            .broken();

    assertThat(found).isPresent();
    System.out.printf("When the version alone counts: %s%n", found.get());
    assertThat(found.get().rule())
        .isEqualTo("the resource is Ready, but the repeatable migration has not run");
  }

  private static Arguments broken(
      String what,
      Safeguards safeguards,
      boolean transactional,
      Budget budget,
      String rule,
      String happens) {
    return Arguments.of(what, safeguards, transactional, budget, rule, happens);
  }
}
