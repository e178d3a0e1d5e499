package dev.schemaversion.decide.model;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ClusterState;
import dev.schemaversion.decide.Decide;
import dev.schemaversion.decide.Decision;
import dev.schemaversion.decide.ObservedJob;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Decisions that lack a safeguard. */
final class BrokenDecisions {
  private BrokenDecisions() {}

  static Function<ClusterState, Decision> attemptsByTheClock() {
    var clock = new AtomicInteger();
    return changingActions(
        action ->
            action instanceof Action.CreateJob job
                ? new Action.CreateJob(job.step(), clock.incrementAndGet(), job.knownState())
                : action);
  }

  static Function<ClusterState, Decision> forgettingInterruptedRuns() {
    return changingActions(
        action ->
            action instanceof Action.CreateJob(var step, var attempt, var known)
                ? new Action.CreateJob(step, attempt, known.withAfterLost(false))
                : action);
  }

  private static Function<ClusterState, Decision> changingActions(UnaryOperator<Action> change) {
    return cluster -> {
      var decision = Decide.next(cluster);
      return decision.withActions(decision.actions().stream().map(change).toList());
    };
  }

  static Decision replacingRunningJobs(ClusterState cluster) {
    var decision = Decide.next(cluster);
    var actions = new ArrayList<>(decision.actions());
    cluster.jobs().stream()
        .filter(job -> job.state() == ObservedJob.State.RUNNING)
        .filter(job -> cluster.resource().getMetadata().getGeneration() > 1)
        .forEach(job -> actions.add(new Action.ReplacePendingJob(job.name(), job.uid())));
    return decision.withActions(List.copyOf(actions));
  }

  /** A decision with another status. */
  interface StatusChange {
    SchemaVersionStatus of(ClusterState cluster, SchemaVersionStatus status);
  }

  static Function<ClusterState, Decision> changingStatus(StatusChange change) {
    return cluster -> {
      var decision = Decide.next(cluster);
      return decision.withStatus(change.of(cluster, decision.status()));
    };
  }

  static SchemaVersionStatus releasedTooEarly(ClusterState cluster, SchemaVersionStatus status) {
    boolean syncs =
        cluster.jobs().stream().anyMatch(job -> job.step() == Step.SYNC && job.active());
    return syncs ? with(status, cluster.resource().getSpec().version(), status.target()) : status;
  }

  static SchemaVersionStatus announcedTooShortly(ClusterState cluster, SchemaVersionStatus status) {
    boolean syncs =
        cluster.jobs().stream().anyMatch(job -> job.step() == Step.SYNC && job.active());
    return syncs ? with(status, status.version(), null) : status;
  }

  static SchemaVersionStatus forgettingUnseenSyncs(
      ClusterState cluster, SchemaVersionStatus status) {
    var interruptedSync = cluster.resource().getStatus().interruptedSync();
    boolean unseen =
        interruptedSync != null
            && cluster.jobs().stream().noneMatch(job -> job.name().equals(interruptedSync.job()));
    return unseen ? with(status, status.version(), null) : status;
  }

  static SchemaVersionStatus readyByVersion(ClusterState cluster, SchemaVersionStatus status) {
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
