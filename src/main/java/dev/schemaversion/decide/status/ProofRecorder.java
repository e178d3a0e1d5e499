package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.ProofStatus;
import dev.schemaversion.api.v1alpha1.ProofStatus.BasisStatus;
import dev.schemaversion.api.v1alpha1.ProofStatus.KnownStatus;
import dev.schemaversion.api.v1alpha1.ProofStatus.SchemaStatus;
import dev.schemaversion.api.v1alpha1.ProofStatusBuilder;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Basis;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.ProofBuilder;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.RunRequest.Known;
import dev.schemaversion.contract.Schema;
import dev.schemaversion.decide.gate.VersionOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Records proofs: computes {@code status.proof} from the previous one and a report. */
public final class ProofRecorder {
  private static final Set<Outcome> REFUTATIONS =
      Set.of(
          Outcome.CLAIM_REFUTED,
          Outcome.HISTORY_CONTRADICTED,
          Outcome.DRIFTED,
          Outcome.RESULT_CONTRADICTED,
          Outcome.HALF_APPLIED);

  private static final Set<String> HOLDING =
      Set.of(Verdict.Equal.name(), Verdict.Accepted.name(), Verdict.Carried.name());

  private static final Proof NO_PROOF = ProofBuilder.builder().build();

  private ProofRecorder() {}

  /** Returns whether the schema is proven; false without a record. */
  public static boolean holds(ProofStatus proof) {
    return proof != null && HOLDING.contains(String.valueOf(proof.verdict()));
  }

  /** Returns whether the current schema has not been compared yet. */
  public static boolean pending(ProofStatus proof) {
    return proof != null && Reason.ProofPending.name().equals(proof.reason());
  }

  /** Returns whether an outcome says that the schema is not the claimed one. */
  static boolean refutes(Outcome outcome) {
    return REFUTATIONS.contains(outcome);
  }

  /** Returns whether a report proves the version that it reports. */
  static boolean proves(Report report) {
    var proof = report.proof();
    return proof != null && proof.holds() && same(proof.version(), report.version());
  }

  /** Returns whether two texts are the same version: as text or, if both are numbers, as those. */
  static boolean same(String left, String right) {
    return Objects.equals(left, right) || VersionOrder.NUMBERS.same(left, right);
  }

  /** Returns the last proven schema, or null. */
  static KnownStatus known(ProofStatus proof) {
    if (proof == null) {
      return null;
    }
    return holds(proof)
        ? new KnownStatus(
            proof.verdict(),
            proof.version(),
            proof.equalVersions(),
            proof.accepted(),
            proof.basis(),
            proof.schema())
        : proof.known();
  }

  /** Returns the last proven schema for the request of a Job, or null. */
  public static Known knownSchema(ProofStatus proof) {
    var known = known(proof);
    if (known == null || known.schema() == null) {
      return null;
    }
    var schema = known.schema();
    var basis = known.basis();
    return new Known(
        known.version(),
        new Schema(schema.header(), schema.fingerprint(), schema.history()),
        basis == null ? null : new Basis(basis.outside(), basis.settings()));
  }

  /** Returns the digests of the accepted differences. */
  public static List<String> accepted(ProofStatus proof) {
    var known = known(proof);
    return known == null ? List.of() : Objects.requireNonNullElse(known.accepted(), List.of());
  }

  /** Returns the record of a report that proves its version. */
  static ProofStatus proven(ProofStatus before, Report report, String at) {
    var proof = report.proof();
    boolean carried = proof.verdict() == Verdict.Carried;
    var accepted = nullIfEmpty(proof.accepted());
    return ProofStatusBuilder.builder()
        .verdict(proof.verdict().name())
        .version(report.version())
        .equalVersions(nullIfEmpty(proof.equalVersions()))
        .differences(proof.differences())
        .first(nullIfEmpty(proof.first()))
        .digest(proof.digest())
        // Changes by migrations do not void an earlier acceptance.
        .accepted(carried && accepted == null ? nullIfEmpty(accepted(before)) : accepted)
        .ignored(nullIfEmpty(proof.ignored()))
        .leftOut(proof.leftOut())
        .basis(basis(proof.basis()))
        .schema(schema(report.schema()))
        .foundAt(at)
        // Only a comparison proves the schema anew.
        .provenAt(carried && before != null ? before.provenAt() : at)
        .checkedAt(at)
        .asked(before == null ? null : before.asked())
        .build();
  }

  /**
   * Returns the record of a report that does not prove its version.
   *
   * @param outcome how the run ended
   * @param known the last proven schema, if it still counts, or null
   */
  static ProofStatus unproven(
      ProofStatus before, Report report, Outcome outcome, KnownStatus known, String at) {
    var proof = Objects.requireNonNullElse(report.proof(), NO_PROOF);
    var foundBefore = before == null ? null : before.schema();
    var found = report.schema() == null ? foundBefore : schema(report.schema());
    // While no proof holds, the time stays: otherwise a schema that changes all the time would
    // cause
    // one proof after the other. The next verification detects the change.
    boolean unprovenBefore = before != null && !holds(before);
    return ProofStatusBuilder.builder()
        .verdict((refutes(outcome) ? Verdict.Different : Verdict.Unprovable).name())
        .reason(outcome.reason())
        .version(proof.version())
        .equalVersions(nullIfEmpty(proof.equalVersions()))
        .nearest(proof.nearest())
        .nearestDifferences(proof.nearestDifferences())
        .differences(report.proof() == null ? null : proof.differences())
        .first(nullIfEmpty(proof.first()))
        .digest(proof.digest())
        .ignored(nullIfEmpty(proof.ignored()))
        .leftOut(proof.leftOut())
        .schema(found)
        .foundAt(unprovenBefore ? before.foundAt() : at)
        .provenAt(before == null ? null : before.provenAt())
        .checkedAt(at)
        .asked(before == null ? null : before.asked())
        .known(known)
        .build();
  }

  /** Returns the record of a changed schema that has not been compared yet. */
  public static ProofStatus pending(ProofStatus before, Schema found, String at) {
    return unproven(before, known(before), Reason.ProofPending.name(), schema(found), at);
  }

  /** Returns the record after a refused verification: an unknown schema is not proven. */
  static ProofStatus notVerified(ProofStatus before, Outcome outcome, String at) {
    return holds(before)
        ? unproven(before, known(before), outcome.reason(), before.schema(), at)
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
    var found = schema(current);
    var known = known(before);
    if (known != null && found.equals(known.schema())) {
      return holds(before) ? checked(before, at) : restored(before, known, at);
    }
    return found.equals(before.schema()) && !holds(before)
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

  private static SchemaStatus schema(Schema schema) {
    return schema == null
        ? null
        : new SchemaStatus(schema.header(), schema.fingerprint(), schema.history());
  }

  private static BasisStatus basis(Basis basis) {
    return basis == null
        ? null
        : new BasisStatus(nullIfEmpty(basis.outside()), nullIfEmpty(basis.settings()));
  }

  /** The API server does not return empty lists, so the record has none either. */
  private static List<String> nullIfEmpty(List<String> list) {
    return list == null || list.isEmpty() ? null : list;
  }

  private static <T> Map<String, T> nullIfEmpty(Map<String, T> map) {
    return map == null || map.isEmpty() ? null : map;
  }
}
