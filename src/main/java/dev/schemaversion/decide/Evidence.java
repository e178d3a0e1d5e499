package dev.schemaversion.decide;

import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.BaselineStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.DatabaseStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.SyncedStatus;
import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What is known about a database: which one it is, where it started, where it is, and the Jobs that
 * say so. Immutable; {@link #record} gives the evidence with one more Job in it.
 *
 * @param database the database it is about, or null
 * @param baseline how its first version came to be known, or null
 * @param synced the last sync that succeeded, or null; also null once another one may have changed
 *     the database since
 * @param version its version, or null
 * @param operations the last Jobs, the newest last
 */
record Evidence(
    DatabaseStatus database,
    BaselineStatus baseline,
    SyncedStatus synced,
    String version,
    List<Operation> operations) {

  private static final int OPERATIONS_KEPT = 10;

  /** The evidence recorded in a status, as far as it is about this address. */
  static Evidence of(SchemaVersionStatus status, String address) {
    var recorded = status == null ? SchemaVersionStatus.NONE : status;
    var evidence =
        new Evidence(
            recorded.database(),
            recorded.baseline(),
            recorded.synced(),
            recorded.version(),
            Objects.requireNonNullElse(recorded.operations(), List.of()));
    boolean same =
        recorded.database() != null && Objects.equals(recorded.database().address(), address);
    return same ? evidence : evidence.voided(address);
  }

  /** The same Jobs, but nothing is known about the database any more. */
  private Evidence voided(String address) {
    return new Evidence(
        new DatabaseStatus(address, null, null, null), null, null, null, operations);
  }

  /** Whether a Job has been recorded already. */
  boolean has(ObservedJob job) {
    return job.owned()
        || operations.stream().anyMatch(operation -> operation.job().equals(job.name()));
  }

  /** The database it really is, or null. */
  DatabaseIdentity identity() {
    return database == null || database.server() == null
        ? null
        : new DatabaseIdentity(database.server(), database.name());
  }

  /** The evidence with what an ended Job says. */
  Evidence record(ObservedJob job, Instant now) {
    var kept = new ArrayList<>(operations);
    kept.add(operation(job, now));
    var recorded =
        new Evidence(
            database,
            baseline,
            synced,
            version,
            List.copyOf(kept.subList(Math.max(0, kept.size() - OPERATIONS_KEPT), kept.size())));
    // A Job that was made for another address says nothing about this one.
    if (!database.address().equals(job.address())) {
      return recorded;
    }
    return job.report() == null
        ? recorded.lost(job.step())
        : recorded.learn(job, job.report(), now.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** A sync that left no trace may have committed something: the last success says no more. */
  private Evidence lost(Step step) {
    return step == Step.SYNC ? new Evidence(database, baseline, null, version, operations) : this;
  }

  private Evidence learn(ObservedJob job, Report report, String at) {
    if (report.outcome() == Outcome.DATABASE_CHANGED) {
      return voided(database.address());
    }
    if (saysTooLittle(job)) {
      return lost(job.step());
    }
    if (report.outcome() == Outcome.SUCCEEDED && job.step() == Step.BASELINE) {
      var found = report.baseline();
      var established = new BaselineStatus(reason(found.established()).name(), found.version(), at);
      return new Evidence(found(report), established, synced, report.version(), operations);
    }
    if (report.outcome() == Outcome.SUCCEEDED) {
      var reached =
          new SyncedStatus(report.version(), job.inputsDigest(), report.migrationsDigest(), at);
      return new Evidence(found(report), baseline, reached, report.version(), operations);
    }
    if (report.migrationsApplied() == 0) {
      return this;
    }
    // What it committed before it failed counts.
    var reached = Objects.requireNonNullElse(report.version(), version);
    return new Evidence(database, baseline, null, reached, operations);
  }

  /** Whether a Job claims success without saying what its step is there to find out. */
  private static boolean saysTooLittle(ObservedJob job) {
    var report = job.report();
    if (report == null || report.outcome() != Outcome.SUCCEEDED) {
      return false;
    }
    var found = report.baseline();
    return switch (job.step()) {
      case BASELINE -> found == null || found.established() == null;
      case SYNC -> report.version() == null;
    };
  }

  private DatabaseStatus found(Report report) {
    var identity = report.database();
    return new DatabaseStatus(
        database.address(),
        identity == null ? null : identity.server(),
        identity == null ? null : identity.name(),
        report.serverVersion());
  }

  private static Reason reason(Report.Established established) {
    return switch (established) {
      case EMPTY -> Reason.Empty;
      case CLAIMED -> Reason.Claimed;
      case HISTORY -> Reason.History;
    };
  }

  private static Operation operation(ObservedJob job, Instant now) {
    var report = job.report();
    var finished = Objects.requireNonNullElse(job.finishedAt(), now);
    // The node's clock may be ahead of ours, by which the wait for the next attempt goes.
    var finishedAt = finished.isAfter(now) ? now : finished;
    return new Operation(
        job.name(),
        job.step().label(),
        job.inputs(),
        job.attempt(),
        ended(job),
        message(job),
        report == null ? null : report.version(),
        report == null ? null : report.migrationsApplied(),
        job.startedAt() == null ? null : job.startedAt().toString(),
        finishedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
        job.startedAt() == null ? null : seconds(job.startedAt(), finished));
  }

  /** How a Job ended, in one word: the runner's, or that it left none. */
  private static String ended(ObservedJob job) {
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

  private static String message(ObservedJob job) {
    if (saysTooLittle(job)) {
      return "the runner reported success without saying what it found; please report this fault";
    }
    if (job.report() != null) {
      return Objects.requireNonNullElse(job.report().message(), "the runner gave no message");
    }
    var how =
        job.lost() != null
            ? job.lost()
            : job.exitCode() != null ? "exit code " + job.exitCode() : "its pod is gone";
    return "the runner left no report (%s); a script it was in has been rolled back with its history row"
        .formatted(how);
  }

  private static double seconds(Instant from, Instant to) {
    return Double.parseDouble(
        String.format(Locale.ROOT, "%.3f", Duration.between(from, to).toMillis() / 1000.0));
  }
}
