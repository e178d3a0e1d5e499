package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.ProofStatus;
import dev.schemaversion.api.v1alpha1.ProofStatus.BasisStatus;
import dev.schemaversion.api.v1alpha1.ProofStatus.KnownStatus;
import dev.schemaversion.api.v1alpha1.ProofStatusBuilder;
import dev.schemaversion.contract.Basis;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.ProofBuilder;
import dev.schemaversion.contract.Report;
import dev.schemaversion.decide.gate.VersionOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Records proofs: computes {@code status.proof} from the previous one and a report. */
final class ProofRecorder {
  private static final Set<Outcome> REFUTATIONS =
      Set.of(
          Outcome.CLAIM_REFUTED,
          Outcome.HISTORY_CONTRADICTED,
          Outcome.DRIFTED,
          Outcome.RESULT_CONTRADICTED,
          Outcome.HALF_APPLIED);

  private static final Proof NO_PROOF = ProofBuilder.builder().build();

  private ProofRecorder() {}

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
        .accepted(
            carried && accepted == null ? nullIfEmpty(ProofRecord.accepted(before)) : accepted)
        .ignored(nullIfEmpty(proof.ignored()))
        .leftOut(proof.leftOut())
        .basis(basis(proof.basis()))
        .schema(ProofRecord.schema(report.schema()))
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
    var found = report.schema() == null ? foundBefore : ProofRecord.schema(report.schema());
    // While no proof holds, the time stays: otherwise a schema that changes all the time would
    // cause one proof after the other. The next verification detects the change.
    boolean unprovenBefore = before != null && !ProofRecord.holds(before);
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
