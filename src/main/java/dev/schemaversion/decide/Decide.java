package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.HeldWorkload;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.UnfinishedStatus;
import dev.schemaversion.contract.Outcome.Kind;
import dev.schemaversion.decide.gate.HeldWorkloads;
import dev.schemaversion.decide.gate.RecordedVersion;
import dev.schemaversion.decide.gate.Verdict;
import dev.schemaversion.decide.rule.JobRetention;
import dev.schemaversion.decide.rule.Rule;
import dev.schemaversion.decide.rule.RuleResult;
import dev.schemaversion.decide.rule.RuleResult.Announcement;
import dev.schemaversion.decide.status.Conditions;
import dev.schemaversion.decide.status.EventPolicy;
import dev.schemaversion.decide.status.ImageDigestRecorder;
import dev.schemaversion.decide.status.InterruptedSync;
import dev.schemaversion.decide.status.RecordedState;
import dev.schemaversion.decide.status.ReportRecorder;
import dev.schemaversion.decide.status.StatusSanitizer;
import dev.schemaversion.decide.status.TargetVersion;
import dev.schemaversion.desired.DatabaseAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * From what is observed to what is done. Each pass records what ended Jobs report, then lets the
 * rules choose the next Job; the verdict on each workload is {@link Verdict}'s.
 */
public final class Decide {
  private Decide() {}

  /** Decides. The same world gives the same decision. */
  public static Decision next(ClusterState world) {
    var before = StatusSanitizer.of(world.resource().getStatus());
    var problem = SpecValidation.problem(world.resource());
    if (problem.isPresent()) {
      return SpecValidation.decision(world, before, problem.get());
    }
    var evidence = RecordedState.of(before, DatabaseAddress.of(world.resource().getSpec()));
    var ended =
        world.jobs().stream()
            .filter(job -> !job.active())
            .sorted(ObservedJob.OLDEST_FIRST)
            .toList();
    var actions = new ArrayList<Action>();
    for (var job : ended) {
      if (!evidence.has(job)) {
        var relied = evidence.version();
        evidence = recorded(world, evidence, job);
        actions.addAll(EventPolicy.ended(evidence.operations().getLast()));
        actions.addAll(EventPolicy.withdrawn(relied, evidence));
      }
      if (!job.owned()) {
        actions.add(new Action.AdoptJob(job.name(), job.uid()));
      }
    }
    var facts = new ReconcileContext(world, now(world, evidence));
    var ruling = Rule.first(facts);
    var target = TargetVersion.of(facts, ruling, before);
    var held =
        HeldWorkloads.of(
            world, new RecordedVersion(true, facts.reliableVersion(), target.version()), before);
    var status = status(facts, ruling, before, target, held);
    actions.addAll(EventPolicy.of(facts, ruling, before));
    actions.addAll(EventPolicy.held(held, before));
    if (ruling.announcement() == Announcement.ASKING) {
      // What is no news any more once the status is written; all else is decided again at once.
      return new Decision(status, news(actions), ruling.lookAgain(), true);
    }
    actions.addAll(0, finalizerToAdd(facts, ruling));
    actions.addAll(ruling.actions());
    actions.addAll(JobRetention.outdated(facts, ended));
    actions.addAll(finalizerToRemove(facts, ruling));
    return new Decision(status, List.copyOf(actions), ruling.lookAgain(), false);
  }

  private static List<Action> news(List<Action> actions) {
    return actions.stream().filter(Action.Tell.class::isInstance).toList();
  }

  private static RecordedState recorded(
      ClusterState world, RecordedState evidence, ObservedJob job) {
    var facts = new ReconcileContext(world, evidence);
    var engine = world.resource().getSpec().database().engine();
    var recorded =
        InterruptedSync.learn(
            facts,
            job,
            ImageDigestRecorder.learn(
                facts, job, ReportRecorder.recorded(evidence, job, engine, world.now())));
    boolean answered =
        facts.answers(job) && job.report() != null && job.report().outcome().kind() != Kind.RETRY;
    return answered ? recorded.answered(facts.asked()) : recorded;
  }

  /** What is not true any more as the world is now. */
  private static RecordedState now(ClusterState world, RecordedState evidence) {
    var present = ImageDigestRecorder.wanted(world.resource().getSpec(), evidence);
    return new ReconcileContext(world, present).planOutdated() ? present.withoutPlan() : present;
  }

  /** The finalizer is there exactly while a Job runs, and before it does. */
  private static List<Action> finalizerToAdd(ReconcileContext facts, RuleResult ruling) {
    return needsFinalizer(facts, ruling) && !hasFinalizer(facts) && !facts.deleting()
        ? List.of(new Action.AddFinalizer())
        : List.of();
  }

  private static List<Action> finalizerToRemove(ReconcileContext facts, RuleResult ruling) {
    return !needsFinalizer(facts, ruling) && hasFinalizer(facts)
        ? List.of(new Action.RemoveFinalizer())
        : List.of();
  }

  private static boolean needsFinalizer(ReconcileContext facts, RuleResult ruling) {
    return facts.activeJob().isPresent()
        || ruling.actions().stream().anyMatch(Action.CreateJob.class::isInstance);
  }

  private static boolean hasFinalizer(ReconcileContext facts) {
    return facts.world().resource().getMetadata().getFinalizers().contains(Names.FINALIZER);
  }

  /** Before the Job is made, so that nobody who deletes it deletes the trace of it as well. */
  private static UnfinishedStatus begun(
      ReconcileContext facts, RuleResult ruling, TargetVersion target) {
    return ruling
        .sync()
        .map(job -> InterruptedSync.begun(facts, facts.job(job).toString(), target.version()))
        .orElse(facts.evidence().unfinished());
  }

  private static SchemaVersionStatus status(
      ReconcileContext facts,
      RuleResult ruling,
      SchemaVersionStatus before,
      TargetVersion target,
      List<HeldWorkload> held) {
    var evidence = facts.evidence();
    var generation = facts.world().resource().getMetadata().getGeneration();
    var conditions =
        new Conditions(
            Objects.requireNonNullElse(before.conditions(), List.of()),
            generation,
            facts.world().now());
    return new SchemaVersionStatus(
        generation,
        facts.reliableVersion(),
        target.version(),
        target.since(),
        held.size(),
        conditions.of(facts, ruling, held),
        evidence.database(),
        evidence.baseline(),
        evidence.synced(),
        evidence.proof(),
        evidence.plan(),
        evidence.image(),
        begun(facts, ruling, target),
        evidence.operations(),
        held.stream().limit(HeldWorkloads.LISTED).toList());
  }
}
