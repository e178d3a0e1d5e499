package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.ProofStatus;
import dev.schemaversion.api.v1alpha1.ProofStatus.KnownStatus;
import dev.schemaversion.api.v1alpha1.ProofStatus.SchemaStatus;
import dev.schemaversion.api.v1alpha1.ProofStatusBuilder;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Schema;

/**
 * Records verifications: computes {@code status.proof} from the previous one and a schema that was
 * read and not compared with a version.
 */
final class VerificationRecorder {
  private VerificationRecorder() {}

  /** Returns the record of a changed schema that has not been compared yet. */
  static ProofStatus pending(ProofStatus before, Schema found, String at) {
    return unproven(
        before,
        ProofRecord.known(before),
        Reason.ProofPending.name(),
        ProofRecord.schema(found),
        at);
  }

  /** Returns the record after a refused verification: an unknown schema is not proven. */
  static ProofStatus notVerified(ProofStatus before, Outcome outcome, String at) {
    return ProofRecord.holds(before)
        ? unproven(before, ProofRecord.known(before), outcome.reason(), before.schema(), at)
        : checked(before, at);
  }

  private static ProofStatus unproven(
      ProofStatus before, KnownStatus known, String reason, SchemaStatus found, String at) {
    return ProofStatusBuilder.builder()
        .verdict(Verdict.Unprovable.name())
        .reason(reason)
        .version(known == null ? null : known.version())
        .schema(found)
        .foundAt(at)
        .provenAt(before == null ? null : before.provenAt())
        .checkedAt(at)
        .asked(before == null ? null : before.asked())
        .known(known)
        .build();
  }

  /** Returns the record without the last proven schema; null stays null. */
  static ProofStatus withoutKnown(ProofStatus proof) {
    return proof == null ? null : proof.withKnown(null);
  }

  /** Returns the record after a verification that read this schema. */
  static ProofStatus verified(ProofStatus before, Schema current, String at) {
    var found = ProofRecord.schema(current);
    var known = ProofRecord.known(before);
    if (known != null && found.equals(known.schema())) {
      return ProofRecord.holds(before) ? checked(before, at) : restored(before, known, at);
    }
    return found.equals(before.schema()) && !ProofRecord.holds(before)
        ? checked(before, at)
        : pending(before, current, at);
  }

  private static ProofStatus restored(ProofStatus before, KnownStatus known, String at) {
    return ProofStatusBuilder.builder()
        .verdict(known.verdict())
        .version(known.version())
        .equalVersions(known.equalVersions())
        .accepted(known.accepted())
        .ignored(before.ignored())
        .basis(known.basis())
        .schema(known.schema())
        .foundAt(at)
        .provenAt(before.provenAt())
        .checkedAt(at)
        .asked(before.asked())
        .build();
  }

  private static ProofStatus checked(ProofStatus before, String at) {
    return before.withCheckedAt(at);
  }

  /** Returns the record with the answered value of the annotation. */
  static ProofStatus answered(ProofStatus proof, String verifyRequest) {
    return proof.withAsked(verifyRequest);
  }

  /** Returns the record without the time of the last verification, so that one is due. */
  static ProofStatus withoutCheckTime(ProofStatus proof) {
    return proof.withCheckedAt(null);
  }
}
