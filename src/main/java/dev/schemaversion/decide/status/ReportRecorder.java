package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.ProofStatus;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.BaselineStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.DatabaseStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.SyncedStatus;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Report.BaselineSource;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.gate.VersionOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Records the report of an ended Job in the recorded state. What a success or a failure means
 * depends on the step. For every step, a history with another version than the proven one withdraws
 * the proven version.
 *
 * @param before the recorded state before this Job
 * @param job the ended Job
 * @param report the report of its runner
 * @param versions the order of the versions
 * @param at when the report is recorded
 */
public record ReportRecorder(
    RecordedState before, ObservedJob job, Report report, VersionOrder versions, String at) {

  /** Returns the recorded state with an ended Job. */
  public static RecordedState recorded(
      RecordedState recordedState, ObservedJob job, SchemaVersionSpec spec, Instant now) {
    var engine = spec.database().engine();
    var listed =
        recordedState.withHistory(OperationHistory.with(recordedState.history(), job, engine, now));
    // The report of a Job for another address says nothing about this one.
    if (!recordedState.database().address().equals(job.address())) {
      return listed;
    }
    if (job.report() == null) {
      // A sync without a report may have committed something, so the last success no longer counts.
      return job.step() == Step.SYNC ? listed.withoutSync() : listed;
    }
    var at = now.truncatedTo(ChronoUnit.SECONDS).toString();
    return new ReportRecorder(
            withBaseline(onServer(listed, job.report()), job, at),
            job,
            job.report(),
            VersionOrder.of(spec),
            at)
        .recordedState();
  }

  /** Records the baseline of a first sync, which found an empty database, however it ended. */
  private static RecordedState withBaseline(
      RecordedState recordedState, ObservedJob job, String at) {
    var found = job.report().baseline();
    return job.step() == Step.SYNC && found != null && found.source() == BaselineSource.EMPTY
        ? recordedState.withBaseline(new BaselineStatus(Reason.Empty.name(), null, at))
        : recordedState;
  }

  /**
   * Records the server's version, which selects the scratch server's image, also of a failed Job.
   */
  private static RecordedState onServer(RecordedState recordedState, Report report) {
    return report.serverVersion() == null
        ? recordedState
        : recordedState.withDatabase(
            recordedState.database().withServerVersion(report.serverVersion()));
  }

  private RecordedState recordedState() {
    if (report.outcome() == Outcome.DATABASE_CHANGED) {
      return onServer(before.voided(before.database().address()), report);
    }
    boolean succeeded =
        report.outcome() == Outcome.SUCCEEDED && !OperationHistory.isIncomplete(job);
    var failed = new FailedStep(before, report, at);
    var updated =
        switch (job.step()) {
          case BASELINE -> succeeded ? baselined() : failed.baseline();
          case SYNC -> succeeded ? synced() : failed.sync();
          case VERIFY -> succeeded ? verified() : failed.verify();
          case PROVE -> succeeded ? identified().withProof(proven()) : failed.prove();
          case PLAN -> succeeded ? planned() : failed.sync();
        };
    return versionChanged() ? withoutProvenVersion(updated) : updated;
  }

  /** Returns whether the history has another version than the proven one, or none at all. */
  private boolean versionChanged() {
    var known = ProofRecord.known(before.proof());
    if (known == null || report.schema() == null) {
      return false;
    }
    return report.outcome() == Outcome.HALF_APPLIED
        ? !InterruptedSync.covers(
            versions, known.version(), before.interruptedSync(), report.version())
        : !ProofRecorder.same(known.version(), report.version());
  }

  /**
   * Returns the state without the proven version, unless the report proves another one: no workload
   * may start on an older backup. A database without a history also needs a new baseline.
   */
  private RecordedState withoutProvenVersion(RecordedState state) {
    return ProofRecord.holds(state.proof())
        ? state
        : state
            .withBaseline(report.version() == null ? null : state.baseline())
            .withoutSync()
            .withProof(VerificationRecorder.withoutKnown(state.proof()));
  }

  private RecordedState baselined() {
    var start = report.baseline();
    var baseline = new BaselineStatus(reason(start.source()).name(), start.version(), at);
    return identified()
        .withBaseline(baseline)
        .withProof(ProofRecorder.proves(report) ? proven() : null);
  }

  private RecordedState synced() {
    var reached =
        new SyncedStatus(report.version(), job.inputsDigest(), report.migrationsDigest(), at);
    return identified().withSynced(reached).withProof(proven()).withoutPlan();
  }

  private RecordedState verified() {
    return before.proof() == null
        ? before
        : before.withProof(VerificationRecorder.verified(before.proof(), report.schema(), at));
  }

  private RecordedState planned() {
    var current = ProofRecorder.proves(report) ? identified().withProof(proven()) : before;
    return current.withPlan(PlanRecorder.recorded(report, job.inputsDigest(), at));
  }

  private ProofStatus proven() {
    return ProofRecorder.proven(before.proof(), report, at);
  }

  /** Returns the state with the identity of the database that the runner reports. */
  private RecordedState identified() {
    var identity = report.database();
    return before.withDatabase(
        new DatabaseStatus(
            before.database().address(),
            identity == null ? null : identity.server(),
            identity == null ? null : identity.name(),
            report.serverVersion()));
  }

  private static Reason reason(BaselineSource source) {
    return switch (source) {
      case EMPTY -> Reason.Empty;
      case PROVEN -> Reason.Proven;
      case ACCEPTED -> Reason.Accepted;
    };
  }
}
