package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Attempts.Next;
import dev.schemaversion.decide.ObservedJob.State;
import dev.schemaversion.desired.JobName;
import dev.schemaversion.desired.Labels;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which Job comes next. The rules are asked in this order, and the first that speaks wins; this
 * list is the specification.
 */
// The functions are method references without state; Error Prone cannot see that.
@SuppressWarnings("ImmutableEnumChecker")
enum Rule {
  /** The resource is being deleted: nothing new starts, and a running Job is waited for. */
  DELETION_WAITS(Rule::deletionWaits),
  /** {@code spec.suspend}: nothing new starts. */
  SUSPENDED(Rule::suspended),
  /** A Job has not ended: it is waited for, or replaced if it never started and is out of date. */
  JOB_RUNNING(Rule::jobRunning),
  /** Something that the resource names is not there. */
  SPEC_INVALID(Rule::specInvalid),
  /** It is not known where the database starts from. */
  BASELINE_NEEDED(Rule::baselineNeeded),
  /** The database is newer than wanted. */
  DOWNGRADE_REFUSED(Rule::downgradeRefused),
  /** The last sync was not made with what is wanted now. */
  SYNC_NEEDED(Rule::syncNeeded),
  /** All is as wanted. */
  SETTLED(Rule::settled);

  /** How long a pod may take to start before a person should look. */
  private static final Duration START = Duration.ofSeconds(30);

  private final Function<Facts, Optional<Ruling>> rule;

  Rule(Function<Facts, Optional<Ruling>> rule) {
    this.rule = rule;
  }

  /** The first rule's word. */
  static Ruling first(Facts facts) {
    return Arrays.stream(values())
        .flatMap(rule -> rule.rule.apply(facts).stream())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the last rule always speaks"));
  }

  private static Optional<Ruling> deletionWaits(Facts facts) {
    if (!facts.deleting()) {
      return Optional.empty();
    }
    return Optional.of(
        facts
            .activeJob()
            .map(
                job ->
                    job.state() == State.PENDING
                        ? Ruling.reconciling(
                            Reason.DeletionWaits,
                            "Job %s has not started and is taken back".formatted(job.name()),
                            new Action.ReplacePendingJob(job.name(), job.uid()))
                        : Ruling.reconciling(
                            Reason.DeletionWaits,
                            "deletion waits for Job %s: a migration is never interrupted"
                                .formatted(job.name())))
            .orElseGet(() -> Ruling.reconciling(Reason.DeletionWaits, "no Job runs")));
  }

  private static Optional<Ruling> suspended(Facts facts) {
    if (!facts.spec().suspended()) {
      return Optional.empty();
    }
    var active = facts.activeJob();
    var outdated = active.filter(job -> job.state() == State.PENDING && facts.stale(job));
    if (outdated.isPresent()) {
      return outdated.map(Rule::replaced);
    }
    var running =
        active
            .map(job -> "; Job %s is still recorded when it ends".formatted(job.name()))
            .orElse("");
    return Optional.of(
        Ruling.settled(Reason.Suspended, "spec.suspend is true: no new Job starts" + running));
  }

  private static Optional<Ruling> jobRunning(Facts facts) {
    return facts.activeJob().map(job -> running(facts, job).about(job.step()));
  }

  private static Ruling running(Facts facts, ObservedJob job) {
    if (job.state() == State.RUNNING) {
      return Ruling.reconciling(
          runningReason(job.step()),
          "Job %s runs; 'kubectl logs job/%s' shows its progress"
              .formatted(job.name(), job.name()));
    }
    return facts.stale(job) ? replaced(job) : pending(facts, job);
  }

  private static Ruling replaced(ObservedJob job) {
    return Ruling.reconciling(
        Reason.JobReplaced,
        "Job %s never started and is out of date; it is taken back".formatted(job.name()),
        new Action.ReplacePendingJob(job.name(), job.uid()));
  }

  private static Ruling pending(Facts facts, ObservedJob job) {
    if (job.waiting() != null) {
      return Ruling.reconciling(
          Reason.JobPending, "Job %s has not started: %s".formatted(job.name(), job.waiting()));
    }
    var patience = START.minus(Duration.between(job.created(), facts.world().now()));
    if (patience.isPositive()) {
      return Ruling.reconciling(
              runningReason(job.step()), "Job %s is starting".formatted(job.name()))
          .lookingAgain(patience);
    }
    // Quota, admission and missing mounts are told in Events, which nobody watches.
    return Ruling.reconciling(
        Reason.JobPending,
        "Job %s has not started after %d s; 'kubectl describe job,pod -l %s=%s' shows why"
            .formatted(job.name(), START.toSeconds(), Labels.RESOURCE, name(facts)));
  }

  private static Optional<Ruling> specInvalid(Facts facts) {
    var missing = facts.world().missingSources();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Ruling.reconciling(
                Reason.MigrationsNotFound,
                "spec.migrations.configMapRefs: there is no ConfigMap %s in this namespace; it goes on when it is applied"
                    .formatted(String.join(", ", missing))));
  }

  private static Optional<Ruling> baselineNeeded(Facts facts) {
    return facts.evidence().baseline() != null
        ? Optional.empty()
        : Optional.of(attempt(facts, Step.BASELINE));
  }

  private static Optional<Ruling> downgradeRefused(Facts facts) {
    var wanted = Version.parse(facts.spec().version());
    var present = Version.parse(facts.evidence().version());
    if (wanted.isEmpty() || present.isEmpty() || wanted.get().compareTo(present.get()) >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        Ruling.stalled(
            Reason.DowngradeRefused.name(),
            "the database is at %s and there is no way back to %s by migrations: set spec.version to %s or higher, or restore a backup; workloads that run on %s are still released"
                .formatted(present.get(), wanted.get(), present.get(), present.get())));
  }

  private static Optional<Ruling> syncNeeded(Facts facts) {
    return facts.synced() ? Optional.empty() : Optional.of(attempt(facts, Step.SYNC));
  }

  private static Optional<Ruling> settled(Facts facts) {
    return Optional.of(
        Ruling.settled(
            Reason.AtVersion, "the database is at %s".formatted(facts.evidence().version())));
  }

  private static Ruling attempt(Facts facts, Step step) {
    var inputs = facts.inputs(step);
    var next =
        Attempts.next(
            facts.evidence().operations(),
            facts.world().jobs(),
            step,
            inputs.id(),
            facts.world().now());
    return switch (next) {
      case Next.Go(var attempt) -> {
        yield Ruling.reconciling(
                runningReason(step),
                "Job %s is starting"
                    .formatted(new JobName(name(facts), step, inputs.id(), attempt)),
                new Action.CreateJob(
                    step, attempt, step == Step.SYNC ? facts.evidence().identity() : null))
            .about(step);
      }
      case Next.Wait(var last, var attempt, var time, var until) ->
          new Ruling(
              Ruling.Progress.RECONCILING,
              Optional.of(step),
              last.reason(),
              "%s. Attempt %d follows at %s"
                  .formatted(
                      withoutFullStop(last.message()),
                      attempt,
                      until.truncatedTo(ChronoUnit.SECONDS)),
              List.of(),
              Optional.of(time));
      case Next.Stop(var last) -> Ruling.stalled(last.reason(), last.message()).about(step);
    };
  }

  private static String name(Facts facts) {
    return facts.world().resource().getMetadata().getName();
  }

  private static String withoutFullStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  private static Reason runningReason(Step step) {
    return switch (step) {
      case BASELINE -> Reason.BaselineRunning;
      case SYNC -> Reason.SyncRunning;
    };
  }
}
