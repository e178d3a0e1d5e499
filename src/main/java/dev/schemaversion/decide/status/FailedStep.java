package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.ProofStatus;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Outcome.Kind;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Report;

/**
 * Records the report of a Job that did not succeed. An incomplete report of a success counts as a
 * failure.
 *
 * @param before the recorded state before this Job
 * @param report the report of its runner
 * @param at when the report is recorded
 */
record FailedStep(RecordedState before, Report report, String at) {
  RecordedState baseline() {
    // Without a proven claim there is no version, even if the schema equals another one.
    boolean compared = report.proof() != null || ProofRecorder.refutes(report.outcome());
    return compared && report.outcome().kind() == Kind.REFUSED
        ? before.withProof(
            ProofRecorder.unproven(before.proof(), report, report.outcome(), null, at))
        : before;
  }

  /** Records a sync or a plan. */
  RecordedState sync() {
    var outcome = report.outcome();
    if (outcome == Outcome.SUCCEEDED) {
      // The report is incomplete, so the sync may have done anything.
      return before.withoutSync();
    }
    if (outcome == Outcome.PROOF_NEEDED) {
      return before.withProof(VerificationRecorder.pending(before.proof(), report.schema(), at));
    }
    if (outcome == Outcome.PLAN_CHANGED) {
      return before.withoutPlan();
    }
    if (InterruptedSync.leavesInDoubt(outcome)) {
      return before.withoutSync().withProof(inDoubt());
    }
    boolean committed = report.migrationsApplied() > 0;
    var rest = committed ? before.withoutSync().withProof(null) : before;
    if (ProofRecorder.proves(report) && !ProofRecorder.refutes(outcome)) {
      // The migrations committed before the failure count if they are proven.
      return rest.withProof(ProofRecorder.proven(before.proof(), report, at));
    }
    boolean unproven =
        ProofRecorder.refutes(outcome)
            || (report.proof() != null
                && (outcome.kind() == Kind.REFUSED
                    || report.proof().verdict() == Verdict.Unprovable));
    if (!unproven) {
      return rest;
    }
    var known = outcome == Outcome.DRIFTED && !committed ? ProofRecord.known(before.proof()) : null;
    return rest.withProof(ProofRecorder.unproven(before.proof(), report, outcome, known, at));
  }

  /**
   * Returns the proof after a sync that may have committed anything up to its target. The last
   * proven schema stays known, because the gate takes both versions into account.
   */
  private ProofStatus inDoubt() {
    var proof = before.proof();
    return report.outcome() == Outcome.HALF_APPLIED
        ? ProofRecorder.unproven(proof, report, Outcome.HALF_APPLIED, ProofRecord.known(proof), at)
        : proof;
  }

  RecordedState verify() {
    var proof = before.proof();
    if (proof == null || report.outcome().kind() == Kind.RETRY) {
      return before;
    }
    return before.withProof(
        report.schema() == null
            ? VerificationRecorder.notVerified(proof, failure(), at)
            : VerificationRecorder.verified(proof, report.schema(), at));
  }

  RecordedState prove() {
    if (report.outcome().kind() == Kind.RETRY) {
      return before;
    }
    var known = ProofRecord.known(before.proof());
    return before.withProof(ProofRecorder.unproven(before.proof(), report, failure(), known, at));
  }

  /** Returns the outcome of a failure; an incomplete report of a success is a defect. */
  private Outcome failure() {
    return report.outcome() == Outcome.SUCCEEDED ? Outcome.INTERNAL_ERROR : report.outcome();
  }
}
