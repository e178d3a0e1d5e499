package dev.schemaversion.decide.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ClusterState;
import dev.schemaversion.decide.Decide;
import dev.schemaversion.decide.Decision;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.model.State.Budget;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
            Safeguards.ALL.withDecision(changingStatus(BrokenRulesTest::releasedTooEarly)),
            TRANSACTIONAL,
            new Budget(0, 0, 0, 4),
            "the gate releases a workload that requires a higher version",
            "writes the status"),
        broken(
            "the target of a sync is not announced while the sync runs",
            Safeguards.ALL.withDecision(changingStatus(BrokenRulesTest::announcedTooShortly)),
            TRANSACTIONAL,
            new Budget(0, 1, 0, 6),
            "the gate releases a workload that does not run on the current version",
            "commits a script with its row"),
        broken(
            "an outdated Job is replaced while it runs",
            Safeguards.ALL.withDecision(BrokenRulesTest::replacingRunningJobs).withoutPodRecheck(),
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
            Safeguards.ALL.withDecision(changingStatus(BrokenRulesTest::forgettingUnseenSyncs)),
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
        new Explorer(Safeguards.ALL.withDecision(changingStatus(BrokenRulesTest::readyByVersion)))
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

  private static Function<ClusterState, Decision> attemptsByTheClock() {
    var clock = new AtomicInteger();
    return changingActions(
        action ->
            action instanceof Action.CreateJob job
                ? new Action.CreateJob(job.step(), clock.incrementAndGet(), job.knownState())
                : action);
  }

  private static Function<ClusterState, Decision> forgettingInterruptedRuns() {
    return changingActions(
        action ->
            action instanceof Action.CreateJob(var step, var attempt, var known)
                ? new Action.CreateJob(step, attempt, known.withAfterLost(false))
                : action);
  }

  private static Function<ClusterState, Decision> changingActions(UnaryOperator<Action> change) {
    return cluster -> {
      var decision = Decide.next(cluster);
      return new Decision(
          decision.status(),
          decision.actions().stream().map(change).toList(),
          decision.requeueAfter(),
          decision.listsLivePods());
    };
  }

  private static Decision replacingRunningJobs(ClusterState cluster) {
    var decision = Decide.next(cluster);
    var actions = new ArrayList<>(decision.actions());
    cluster.jobs().stream()
        .filter(job -> job.state() == ObservedJob.State.RUNNING)
        .filter(job -> cluster.resource().getMetadata().getGeneration() > 1)
        .forEach(job -> actions.add(new Action.ReplacePendingJob(job.name(), job.uid())));
    return new Decision(
        decision.status(), List.copyOf(actions), decision.requeueAfter(), decision.listsLivePods());
  }

  /** A decision with another status. */
  private interface StatusChange {
    SchemaVersionStatus of(ClusterState cluster, SchemaVersionStatus status);
  }

  private static Function<ClusterState, Decision> changingStatus(StatusChange change) {
    return cluster -> {
      var decision = Decide.next(cluster);
      return new Decision(
          change.of(cluster, decision.status()),
          decision.actions(),
          decision.requeueAfter(),
          decision.listsLivePods());
    };
  }

  private static SchemaVersionStatus releasedTooEarly(
      ClusterState cluster, SchemaVersionStatus status) {
    boolean syncs =
        cluster.jobs().stream().anyMatch(job -> job.step() == Step.SYNC && job.active());
    return syncs ? with(status, cluster.resource().getSpec().version(), status.target()) : status;
  }

  private static SchemaVersionStatus announcedTooShortly(
      ClusterState cluster, SchemaVersionStatus status) {
    boolean syncs =
        cluster.jobs().stream().anyMatch(job -> job.step() == Step.SYNC && job.active());
    return syncs ? with(status, status.version(), null) : status;
  }

  private static SchemaVersionStatus forgettingUnseenSyncs(
      ClusterState cluster, SchemaVersionStatus status) {
    var interruptedSync = cluster.resource().getStatus().interruptedSync();
    boolean unseen =
        interruptedSync != null
            && cluster.jobs().stream().noneMatch(job -> job.name().equals(interruptedSync.job()));
    return unseen ? with(status, status.version(), null) : status;
  }

  private static SchemaVersionStatus readyByVersion(
      ClusterState cluster, SchemaVersionStatus status) {
    if (!cluster.resource().getSpec().version().equals(status.version())) {
      return status;
    }
    return status.withConditions(
        status.conditions().stream()
            .map(
                condition ->
                    condition.getType().equals(ConditionType.Ready.name())
                        ? new ConditionBuilder(condition).withStatus("True").build()
                        : condition)
            .toList());
  }

  private static SchemaVersionStatus with(
      SchemaVersionStatus status, String version, String target) {
    return status
        .with()
        .version(version)
        .target(target)
        .targetSince(target == null ? null : status.targetSince())
        .build();
  }
}
