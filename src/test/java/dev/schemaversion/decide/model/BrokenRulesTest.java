package dev.schemaversion.decide.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ClusterState;
import dev.schemaversion.decide.Decide;
import dev.schemaversion.decide.Decision;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.model.State.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker is not blind: each wall that is taken away is missed, with a story that says how. */
class BrokenRulesTest {
  private static final boolean TRANSACTIONAL = true;
  private static final boolean STATEMENT_BY_STATEMENT = false;

  static Stream<Arguments> broken() {
    return Stream.of(
        broken(
            "the attempt's number is the clock's, and nobody asks for others",
            Mechanisms.REAL.withoutAskingForOthers().deciding(attemptsByTheClock()),
            TRANSACTIONAL,
            new Budget(0, 0, 0, 4),
            "two Jobs are there that have not ended",
            "creates the Job of attempt"),
        broken(
            "a Job of the same name is made again",
            Mechanisms.REAL.withoutNames(),
            TRANSACTIONAL,
            new Budget(0, 0, 0, 4),
            "two Jobs are there that have not ended",
            "creates the Job of attempt 1"),
        broken(
            "the wanted version is recorded while its sync runs",
            Mechanisms.REAL.deciding(changing(BrokenRulesTest::releasedTooEarly)),
            TRANSACTIONAL,
            new Budget(0, 0, 0, 4),
            "a workload may start that needs what is not there",
            "writes the status"),
        broken(
            "what a sync goes to is not announced while it runs",
            Mechanisms.REAL.deciding(changing(BrokenRulesTest::announcedTooShortly)),
            TRANSACTIONAL,
            new Budget(0, 1, 0, 6),
            "a workload may start that does not run on what is there",
            "commits a script with its row"),
        broken(
            "a Job that is out of date is replaced while it runs",
            Mechanisms.REAL.deciding(BrokenRulesTest::replacingWhatRuns).withoutAskingAgain(),
            TRANSACTIONAL,
            new Budget(0, 1, 0, 4),
            "a Job is deleted while it works",
            "takes back glance-"),
        broken(
            "the cache is believed that no Job is there",
            Mechanisms.REAL.withoutKeeping(),
            TRANSACTIONAL,
            new Budget(0, 1, 0, 4),
            "the resource goes while its Job works",
            "removes the finalizer"),
        broken(
            "a lost run is forgotten, and the history does not say it either",
            Mechanisms.REAL.withoutMarks().deciding(forgettingWhatWasLost()),
            STATEMENT_BY_STATEMENT,
            new Budget(1, 0, 0, 6),
            "a migration has run twice",
            "is killed"),
        broken(
            "nobody takes the run lock",
            Mechanisms.REAL.withoutLock(),
            TRANSACTIONAL,
            new Budget(1, 0, 0, 6),
            "two runners are at work on the database",
            "by hand"),
        broken(
            "a status is written over a newer one, and nobody asks for other Jobs",
            Mechanisms.REAL.withoutPrecondition().withoutAskingForOthers(),
            TRANSACTIONAL,
            new Budget(0, 1, 1, 4),
            "",
            "leads"),
        broken(
            "a Job is made long after it was decided about",
            Mechanisms.REAL.withoutFence(),
            TRANSACTIONAL,
            new Budget(1, 0, 1, 4),
            "two Jobs are there that have not ended",
            "the operator that leads no more creates the Job"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void isFoundWithItsShortestStory(
      String what,
      Mechanisms mechanisms,
      boolean transactional,
      Budget budget,
      String rule,
      String happens) {
    var found = new Explorer(mechanisms).explore(Database.empty(transactional), budget).broken();

    assertThat(found).isPresent();
    System.out.printf("When %s, %s%n", what, found.get());
    assertThat(found.get().rule()).startsWith(rule);
    assertThat(found.get().moves()).anyMatch(move -> move.what().contains(happens));
  }

  static Stream<Arguments> goneAstray() {
    return Stream.of(
        Arguments.of(
            "a sync is forgotten while the cache does not show it",
            Mechanisms.REAL.deciding(changing(BrokenRulesTest::forgettingTheUnseen)),
            new Budget(0, 1, 0, 4)),
        Arguments.of(
            "the cache is believed that no other Job is there",
            Mechanisms.REAL.withoutAskingForOthers(),
            new Budget(1, 1, 0, 4)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goneAstray")
  void theGateMissesASyncThatNobodyKnowsOf(String what, Mechanisms mechanisms, Budget budget) {
    var found = new Explorer(mechanisms).explore(Database.atOne(TRANSACTIONAL), budget).broken();

    assertThat(found).isPresent();
    System.out.printf("When %s, %s%n", what, found.get());
    assertThat(found.get().rule())
        .isEqualTo("a workload may start that does not run on what is there");
  }

  private static Arguments broken(
      String what,
      Mechanisms mechanisms,
      boolean transactional,
      Budget budget,
      String rule,
      String happens) {
    return Arguments.of(what, mechanisms, transactional, budget, rule, happens);
  }

  private static Function<ClusterState, Decision> attemptsByTheClock() {
    var clock = new AtomicInteger();
    return acting(
        action ->
            action instanceof Action.CreateJob job
                ? new Action.CreateJob(job.step(), clock.incrementAndGet(), job.given())
                : action);
  }

  private static Function<ClusterState, Decision> forgettingWhatWasLost() {
    return acting(
        action ->
            action instanceof Action.CreateJob(var step, var attempt, var given)
                ? new Action.CreateJob(step, attempt, given.withAfterLost(false))
                : action);
  }

  private static Function<ClusterState, Decision> acting(UnaryOperator<Action> change) {
    return cluster -> {
      var decision = Decide.next(cluster);
      return new Decision(
          decision.status(),
          decision.actions().stream().map(change).toList(),
          decision.lookAgain(),
          decision.asksWhoLives());
    };
  }

  private static Decision replacingWhatRuns(ClusterState cluster) {
    var decision = Decide.next(cluster);
    var actions = new ArrayList<>(decision.actions());
    cluster.jobs().stream()
        .filter(job -> job.state() == ObservedJob.State.RUNNING)
        .filter(job -> cluster.resource().getMetadata().getGeneration() > 1)
        .forEach(job -> actions.add(new Action.ReplacePendingJob(job.name(), job.uid())));
    return new Decision(
        decision.status(), List.copyOf(actions), decision.lookAgain(), decision.asksWhoLives());
  }

  /** A decision with another status. */
  private interface StatusChange {
    SchemaVersionStatus of(ClusterState cluster, SchemaVersionStatus status);
  }

  private static Function<ClusterState, Decision> changing(StatusChange change) {
    return cluster -> {
      var decision = Decide.next(cluster);
      return new Decision(
          change.of(cluster, decision.status()),
          decision.actions(),
          decision.lookAgain(),
          decision.asksWhoLives());
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

  private static SchemaVersionStatus forgettingTheUnseen(
      ClusterState cluster, SchemaVersionStatus status) {
    var interruptedSync = cluster.resource().getStatus().interruptedSync();
    boolean unseen =
        interruptedSync != null
            && cluster.jobs().stream().noneMatch(job -> job.name().equals(interruptedSync.job()));
    return unseen ? with(status, status.version(), null) : status;
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
