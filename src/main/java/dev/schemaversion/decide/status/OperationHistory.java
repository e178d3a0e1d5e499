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

/** Maintains {@code status.history}, the list of the last ended Jobs. */
final class OperationHistory {
  /** The reason that Kubernetes reports for a container that exceeded its memory limit. */
  private static final String OOM_KILLED = "OOMKilled";

  /** The exit code of the runner's JVM when its heap is full. */
  private static final int HEAP_FULL = 3;

  private static final String MORE_MEMORY =
      ". The runner ran out of memory: raise spec.job.resources.limits.memory";

  private static final int MAX_ENTRIES = 10;

  private OperationHistory() {}

  /** Returns the operations with one more; the oldest ones are dropped. */
  static List<Operation> with(
      List<Operation> operations, ObservedJob job, Engine engine, Instant now) {
    var kept = new ArrayList<>(operations);
    if (job.step() == Step.VERIFY) {
      // Frequent verifications must not displace the Jobs that have changed something.
      kept.removeIf(operation -> operation.step().equals(Step.VERIFY.label()));
    }
    kept.add(operation(job, engine, now));
    return List.copyOf(kept.subList(Math.max(0, kept.size() - MAX_ENTRIES), kept.size()));
  }

  /** Returns whether a Job reports success without the result that its step must deliver. */
  static boolean isIncomplete(ObservedJob job) {
    var report = job.report();
    if (report == null || report.outcome() != Outcome.SUCCEEDED) {
      return false;
    }
    var baseline = report.baseline();
    return switch (job.step()) {
      case BASELINE ->
          baseline == null
              || baseline.source() == null
              || (baseline.source() != BaselineSource.EMPTY && !ProofRecorder.proves(report));
      case SYNC -> report.version() == null || !ProofRecorder.proves(report);
      case VERIFY -> report.schema() == null;
      case PROVE -> !ProofRecorder.proves(report);
      case PLAN -> report.plan() == null || report.plan().digest() == null;
    };
  }

  private static Operation operation(ObservedJob job, Engine engine, Instant now) {
    var report = job.report();
    var finished = Objects.requireNonNullElse(job.finishedAt(), now);
    // The node's clock may be ahead of the operator's, which times the next attempt.
    var finishedAt = finished.isAfter(now) ? now : finished;
    return new Operation(
        job.name(),
        job.step().label(),
        job.inputs(),
        job.attempt(),
        reason(job),
        message(job, engine),
        report == null ? null : report.version(),
        report == null ? null : report.migrationsApplied(),
        job.startedAt() == null ? null : job.startedAt().toString(),
        finishedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
        job.startedAt() == null ? null : seconds(job.startedAt(), finished));
  }

  /** Returns the reason for how a Job ended: the runner's own, or RunnerLost without a report. */
  static String reason(ObservedJob job) {
    if (isIncomplete(job)) {
      return Outcome.INTERNAL_ERROR.reason();
    }
    if (job.report() != null) {
      return job.report().outcome().reason();
    }
    var outcome = job.exitCode() == null ? null : Outcome.ofExitCode(job.exitCode()).orElse(null);
    // Exit code 0 without a report proves nothing.
    return outcome == null || outcome == Outcome.SUCCEEDED
        ? Reason.RunnerLost.name()
        : outcome.reason();
  }

  private static String message(ObservedJob job, Engine engine) {
    if (isIncomplete(job)) {
      return "the runner reported success without the result of the step, or without its proof."
          + " This is a defect: please report it";
    }
    if (job.report() != null) {
      return Objects.requireNonNullElse(job.report().message(), "the report has no message");
    }
    var how =
        job.terminationReason() != null
            ? job.terminationReason()
            : job.exitCode() != null ? "exit code " + job.exitCode() : "its pod is gone";
    return "the runner left no report (%s)%s%s"
        .formatted(how, aftermath(job.step(), engine), outOfMemory(job) ? MORE_MEMORY : "");
  }

  private static boolean outOfMemory(ObservedJob job) {
    return (job.terminationReason() != null && job.terminationReason().startsWith(OOM_KILLED))
        || Objects.equals(job.exitCode(), HEAP_FULL);
  }

  /** Describes what a runner that ended in the middle of a script leaves in the database. */
  private static String aftermath(Step step, Engine engine) {
    if (step != Step.SYNC) {
      return "";
    }
    return engine == Engine.PostgreSQL
        ? "; PostgreSQL has rolled back the script that was running, with its row in the history"
        : "; this engine commits each DDL statement at once, so the next attempt first proves the"
            + " schema, and continues only from a complete version";
  }

  private static double seconds(Instant from, Instant to) {
    return Double.parseDouble(
        String.format(Locale.ROOT, "%.3f", Duration.between(from, to).toMillis() / 1000.0));
  }
}
