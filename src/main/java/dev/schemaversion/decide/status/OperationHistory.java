package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report.BaselineSource;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** How Jobs have ended, as status lists it. */
final class OperationHistory {
  /** What Kubernetes says of a container that took more memory than it may. */
  private static final String OOM_KILLED = "OOMKilled";

  /** What the runner's Java machine exits with when its heap is full. */
  private static final int HEAP_FULL = 3;

  private static final String MORE_MEMORY =
      ". It ran out of memory: raise spec.job.resources.limits.memory";

  private static final int KEPT = 10;

  private OperationHistory() {}

  /** The operations with one more; the oldest go. */
  static List<Operation> with(
      List<Operation> operations, ObservedJob job, Engine engine, Instant now) {
    var kept = new ArrayList<>(operations);
    if (job.step() == Step.VERIFY) {
      // There may be one every few minutes; they must not push out what has changed something.
      kept.removeIf(operation -> operation.step().equals(Step.VERIFY.label()));
    }
    kept.add(operation(job, engine, now));
    return List.copyOf(kept.subList(Math.max(0, kept.size() - KEPT), kept.size()));
  }

  /** Whether a Job claims success without saying what its step is there to find out. */
  static boolean saysTooLittle(ObservedJob job) {
    var report = job.report();
    if (report == null || report.outcome() != Outcome.SUCCEEDED) {
      return false;
    }
    var found = report.baseline();
    return switch (job.step()) {
      case BASELINE ->
          found == null
              || found.source() == null
              || (found.source() != BaselineSource.EMPTY && !ProofRecorder.proves(report));
      case SYNC -> report.version() == null || !ProofRecorder.proves(report);
      case VERIFY -> report.schema() == null;
      case PROVE -> !ProofRecorder.proves(report);
      case PLAN -> report.plan() == null || report.plan().digest() == null;
    };
  }

  private static Operation operation(ObservedJob job, Engine engine, Instant now) {
    var report = job.report();
    var finished = Objects.requireNonNullElse(job.finishedAt(), now);
    // The node's clock may be ahead of ours, by which the wait for the next attempt goes.
    var finishedAt = finished.isAfter(now) ? now : finished;
    return new Operation(
        job.name(),
        job.step().label(),
        job.inputs(),
        job.attempt(),
        word(job),
        message(job, engine),
        report == null ? null : report.version(),
        report == null ? null : report.migrationsApplied(),
        job.startedAt() == null ? null : job.startedAt().toString(),
        finishedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
        job.startedAt() == null ? null : seconds(job.startedAt(), finished));
  }

  /** How a Job ended, in one word: the runner's, or that it left none. */
  static String word(ObservedJob job) {
    if (saysTooLittle(job)) {
      return Outcome.INTERNAL_ERROR.reason();
    }
    if (job.report() != null) {
      return job.report().outcome().reason();
    }
    var outcome = job.exitCode() == null ? null : Outcome.ofExitCode(job.exitCode()).orElse(null);
    // Success without a report is no evidence of anything.
    return outcome == null || outcome == Outcome.SUCCEEDED
        ? Reason.RunnerLost.name()
        : outcome.reason();
  }

  private static String message(ObservedJob job, Engine engine) {
    if (saysTooLittle(job)) {
      return "the runner reported success without saying what it found, or without proving it;"
          + " please report this fault";
    }
    if (job.report() != null) {
      return Objects.requireNonNullElse(job.report().message(), "the runner gave no message");
    }
    var how =
        job.lost() != null
            ? job.lost()
            : job.exitCode() != null ? "exit code " + job.exitCode() : "its pod is gone";
    return "the runner left no report (%s)%s%s"
        .formatted(how, left(job.step(), engine), outOfMemory(job) ? MORE_MEMORY : "");
  }

  private static boolean outOfMemory(ObservedJob job) {
    return (job.lost() != null && job.lost().startsWith(OOM_KILLED))
        || Objects.equals(job.exitCode(), HEAP_FULL);
  }

  /** What a runner that died in the middle of a script has left in the database. */
  private static String left(Step step, Engine engine) {
    if (step != Step.SYNC) {
      return "";
    }
    return engine == Engine.PostgreSQL
        ? "; a script that it was in has been rolled back with its history row"
        : "; on this engine each statement is there as soon as it was run, so the next attempt"
            + " first proves what is there, and goes on only from a whole version";
  }

  private static double seconds(Instant from, Instant to) {
    return Double.parseDouble(
        String.format(Locale.ROOT, "%.3f", Duration.between(from, to).toMillis() / 1000.0));
  }
}
