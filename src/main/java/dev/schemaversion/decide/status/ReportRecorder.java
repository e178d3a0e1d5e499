package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.api.v1alpha1.ProofStatus;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.BaselineStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.DatabaseStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.SyncedStatus;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Outcome.Kind;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What an ended Job has found, and the evidence with that in it. Each step has its own way of
 * succeeding and failing; whatever it was for, a history that says another version than the proven
 * one withdraws that.
 *
 * @param before the evidence until then
 * @param job the Job
 * @param report what its runner reports
 * @param at when it is recorded
 */
public record ReportRecorder(RecordedState before, ObservedJob job, Report report, String at) {

  /** The evidence with what an ended Job says. */
  public static RecordedState recorded(
      RecordedState recordedState, ObservedJob job, Engine engine, Instant now) {
    var listed =
        recordedState.withHistory(OperationHistory.with(recordedState.history(), job, engine, now));
    // A Job that was made for another address says nothing about this one.
    if (!recordedState.database().address().equals(job.address())) {
      return listed;
    }
    if (job.report() == null) {
      // A sync that left no trace may have committed something: the last success says no more.
      return job.step() == Step.SYNC ? listed.notSyncedAnyMore() : listed;
    }
    var at = now.truncatedTo(ChronoUnit.SECONDS).toString();
    return new ReportRecorder(onServer(listed, job.report()), job, job.report(), at)
        .recordedState();
  }

  /** Also a Job that failed tells the server's version, by which the scratch server's is chosen. */
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
        report.outcome() == Outcome.SUCCEEDED && !OperationHistory.saysTooLittle(job);
    var learnt =
        switch (job.step()) {
          case BASELINE -> succeeded ? baselined() : notBaselined();
          case SYNC -> succeeded ? synced() : notSynced();
          case VERIFY -> succeeded ? looked() : notLooked();
          case PROVE -> succeeded ? found().withProof(proven()) : notProven();
          case PLAN -> succeeded ? planned() : notSynced();
        };
    return moved() ? withdrawn(learnt) : learnt;
  }

  /** Whether the history says another version than the one that was proven, or none at all. */
  private boolean moved() {
    var known = ProofRecorder.known(before.proof());
    if (known == null || report.schema() == null) {
      return false;
    }
    return report.outcome() == Outcome.HALF_APPLIED
        ? !InterruptedSync.covers(known.version(), before.interruptedSync(), report.version())
        : !ProofRecorder.same(known.version(), report.version());
  }

  /**
   * Without the version that was proven, unless another one is: no workload may start on a backup
   * that is older. Without any history there is no beginning either.
   */
  private RecordedState withdrawn(RecordedState learnt) {
    return ProofRecorder.holds(learnt.proof())
        ? learnt
        : learnt
            .withBaseline(report.version() == null ? null : learnt.baseline())
            .notSyncedAnyMore()
            .withProof(ProofRecorder.forgotten(learnt.proof()));
  }

  private RecordedState baselined() {
    var start = report.baseline();
    var baseline = new BaselineStatus(reason(start.source()).name(), start.version(), at);
    return found().withBaseline(baseline).withProof(ProofRecorder.proves(report) ? proven() : null);
  }

  private RecordedState notBaselined() {
    // Whatever else it may equal: without a claim that holds there is no version.
    boolean says = report.proof() != null || ProofRecorder.refuted(report.outcome());
    return says && report.outcome().kind() == Kind.REFUSED
        ? before.withProof(
            ProofRecorder.unproven(before.proof(), report, report.outcome(), null, at))
        : before;
  }

  private RecordedState synced() {
    var reached =
        new SyncedStatus(report.version(), job.inputsDigest(), report.migrationsDigest(), at);
    return found().withSynced(reached).withProof(proven()).withoutPlan();
  }

  /** A sync or a plan that did not come to its end. */
  private RecordedState notSynced() {
    var outcome = report.outcome();
    if (outcome == Outcome.SUCCEEDED) {
      // It says too little, and may have done anything.
      return before.notSyncedAnyMore();
    }
    if (outcome == Outcome.PROOF_NEEDED) {
      return before.withProof(ProofRecorder.pending(before.proof(), report.schema(), at));
    }
    if (outcome == Outcome.PLAN_CHANGED) {
      return before.withoutPlan();
    }
    if (InterruptedSync.leavesDoubt(outcome)) {
      return before.notSyncedAnyMore().withProof(doubted());
    }
    boolean committed = report.migrationsApplied() > 0;
    var rest = committed ? before.notSyncedAnyMore().withProof(null) : before;
    if (ProofRecorder.proves(report) && !ProofRecorder.refuted(outcome)) {
      // What it committed before it failed counts, as far as it is proven.
      return rest.withProof(proven());
    }
    boolean unproven =
        ProofRecorder.refuted(outcome)
            || (report.proof() != null && outcome.kind() == Kind.REFUSED);
    if (!unproven) {
      return rest;
    }
    var known =
        outcome == Outcome.DRIFTED && !committed ? ProofRecorder.known(before.proof()) : null;
    return rest.withProof(ProofRecorder.unproven(before.proof(), report, outcome, known, at));
  }

  /**
   * Of a sync that may have committed anything up to its target: what was proven before stays
   * known, for the gate counts with both. That a script is half applied is found by looking.
   */
  private ProofStatus doubted() {
    var proof = before.proof();
    return report.outcome() == Outcome.HALF_APPLIED
        ? ProofRecorder.unproven(
            proof, report, Outcome.HALF_APPLIED, ProofRecorder.known(proof), at)
        : proof;
  }

  private RecordedState looked() {
    return before.proof() == null
        ? before
        : before.withProof(ProofRecorder.looked(before.proof(), report.schema(), at));
  }

  private RecordedState notLooked() {
    var proof = before.proof();
    if (proof == null || report.outcome().kind() == Kind.RETRY) {
      return before;
    }
    return before.withProof(
        report.schema() == null
            ? ProofRecorder.unseen(proof, failure(), at)
            : ProofRecorder.looked(proof, report.schema(), at));
  }

  private RecordedState notProven() {
    if (report.outcome().kind() == Kind.RETRY) {
      return before;
    }
    var known = ProofRecorder.known(before.proof());
    return before.withProof(ProofRecorder.unproven(before.proof(), report, failure(), known, at));
  }

  private RecordedState planned() {
    var present = ProofRecorder.proves(report) ? found().withProof(proven()) : before;
    return present.withPlan(PlanRecorder.recorded(report.plan(), job.inputsDigest(), at));
  }

  private ProofStatus proven() {
    return ProofRecorder.proven(before.proof(), report, at);
  }

  /** The evidence about the database that the runner has found. */
  private RecordedState found() {
    var identity = report.database();
    return before.withDatabase(
        new DatabaseStatus(
            before.database().address(),
            identity == null ? null : identity.server(),
            identity == null ? null : identity.name(),
            report.serverVersion()));
  }

  /** A success that says too little is a fault of ours. */
  private Outcome failure() {
    return report.outcome() == Outcome.SUCCEEDED ? Outcome.INTERNAL_ERROR : report.outcome();
  }

  private static Reason reason(Report.BaselineSource source) {
    return switch (source) {
      case EMPTY -> Reason.Empty;
      case PROVEN -> Reason.Proven;
      case ACCEPTED -> Reason.Accepted;
    };
  }
}
