package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.ProofStatus;
import dev.schemaversion.api.v1alpha1.ProofStatus.KnownStatus;
import dev.schemaversion.api.v1alpha1.ProofStatus.SchemaStatus;
import dev.schemaversion.api.v1alpha1.ProofStatusBuilder;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.ProofBuilder;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.RunRequest.Known;
import dev.schemaversion.contract.Schema;
import dev.schemaversion.decide.gate.Version;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What is recorded of proofs, and what becomes of it with each report. */
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

  private ProofRecorder() {}

  /** Whether the schema is proven; nothing recorded is no proof. */
  public static boolean holds(ProofStatus proof) {
    return proof != null && HOLDING.contains(String.valueOf(proof.verdict()));
  }

  /** Whether the schema found has not been compared yet. */
  public static boolean pending(ProofStatus proof) {
    return proof != null && Reason.ProofPending.name().equals(proof.reason());
  }

  /** Whether an outcome says that the schema is not what was claimed. */
  static boolean refuted(Outcome outcome) {
    return REFUTATIONS.contains(outcome);
  }

  /** Whether a report proves the very version it reports. */
  static boolean proves(Report report) {
    var proof = report.proof();
    return proof != null && proof.holds() && same(proof.version(), report.version());
  }

  /** Whether two texts say the same version. */
  static boolean same(String left, String right) {
    return Objects.equals(left, right)
        || (left != null && right != null && Version.parse(left).equals(Version.parse(right)));
  }

  /** The schema as it was last proven, or null. */
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
            proof.schema())
        : proof.known();
  }

  /** The same as a Job is told. */
  public static Known told(ProofStatus proof) {
    var known = known(proof);
    if (known == null || known.schema() == null) {
      return null;
    }
    var schema = known.schema();
    return new Known(
        known.version(), new Schema(schema.header(), schema.fingerprint(), schema.history()));
  }

  /** Digests of the differences that have been accepted. */
  public static List<String> accepted(ProofStatus proof) {
    var known = known(proof);
    return known == null ? List.of() : Objects.requireNonNullElse(known.accepted(), List.of());
  }

  /** The record of a report that proves its version. */
  static ProofStatus proven(ProofStatus before, Report report, String at) {
    var proof = report.proof();
    boolean carried = proof.verdict() == Verdict.Carried;
    var accepted = filled(proof.accepted());
    return ProofStatusBuilder.builder()
        .verdict(proof.verdict().name())
        .version(report.version())
        .equalVersions(filled(proof.equalVersions()))
        .differences(proof.differences())
        .first(filled(proof.first()))
        .digest(proof.digest())
        // What migrations of ours have changed does not void what was accepted before.
        .accepted(carried && accepted == null ? filled(accepted(before)) : accepted)
        .ignored(counted(proof.ignored()))
        .schema(schema(report.schema()))
        .foundAt(at)
        // Only a comparison is a proof.
        .provenAt(carried && before != null ? before.provenAt() : at)
        .checkedAt(at)
        .asked(before == null ? null : before.asked())
        .build();
  }

  /**
   * The record of a report that does not prove.
   *
   * @param outcome how the run ended
   * @param known what stays known, or null
   */
  static ProofStatus unproven(
      ProofStatus before, Report report, Outcome outcome, KnownStatus known, String at) {
    var proof = Objects.requireNonNullElse(report.proof(), NOTHING_SAID);
    var foundBefore = before == null ? null : before.schema();
    var found = report.schema() == null ? foundBefore : schema(report.schema());
    // As long as nothing holds it keeps its time: a schema that others change all the time would
    // else ask for one proof after the other. The next look notices what is new.
    boolean since = before != null && !holds(before);
    return ProofStatusBuilder.builder()
        .verdict((refuted(outcome) ? Verdict.Different : Verdict.Unprovable).name())
        .reason(outcome.reason())
        .version(proof.version())
        .equalVersions(filled(proof.equalVersions()))
        .nearest(proof.nearest())
        .nearestDifferences(proof.nearestDifferences())
        .differences(report.proof() == null ? null : proof.differences())
        .first(filled(proof.first()))
        .digest(proof.digest())
        .ignored(counted(proof.ignored()))
        .schema(found)
        .foundAt(since ? before.foundAt() : at)
        .provenAt(before == null ? null : before.provenAt())
        .checkedAt(at)
        .asked(before == null ? null : before.asked())
        .known(known)
        .build();
  }

  private static final Proof NOTHING_SAID = ProofBuilder.builder().build();

  /** The schema is not the one that was proven, and not compared yet. */
  public static ProofStatus pending(ProofStatus before, Schema found, String at) {
    return unproven(before, known(before), Reason.ProofPending.name(), schema(found), at);
  }

  /** It could not be looked, and a person must act: what is not known is not proven. */
  static ProofStatus unseen(ProofStatus before, Outcome outcome, String at) {
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

  /** The same, without what was proven before; null stays null. */
  static ProofStatus forgotten(ProofStatus proof) {
    return proof == null ? null : proof.withKnown(null);
  }

  /** What a look at the schema makes of the record. */
  static ProofStatus looked(ProofStatus before, Schema seen, String at) {
    var found = schema(seen);
    var known = known(before);
    if (known != null && found.equals(known.schema())) {
      return holds(before) ? checked(before, at) : healed(before, known, at);
    }
    return found.equals(before.schema()) && !holds(before)
        ? checked(before, at)
        : pending(before, seen, at);
  }

  private static ProofStatus healed(ProofStatus before, KnownStatus known, String at) {
    return ProofStatusBuilder.builder()
        .verdict(known.verdict())
        .version(known.version())
        .equalVersions(known.equalVersions())
        .accepted(known.accepted())
        .ignored(before.ignored())
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

  /** The wish of the annotation has been fulfilled. */
  static ProofStatus answered(ProofStatus proof, String asked) {
    return proof.withAsked(asked);
  }

  /** The same, as if nobody had looked whether it still is so. */
  static ProofStatus notLookedAt(ProofStatus proof) {
    return proof.withCheckedAt(null);
  }

  private static SchemaStatus schema(Schema schema) {
    return schema == null
        ? null
        : new SchemaStatus(schema.header(), schema.fingerprint(), schema.history());
  }

  /** Empty lists are left out, as they do not come back from the API server otherwise. */
  private static List<String> filled(List<String> list) {
    return list == null || list.isEmpty() ? null : list;
  }

  private static Map<String, Integer> counted(Map<String, Integer> map) {
    return map == null || map.isEmpty() ? null : map;
  }
}
