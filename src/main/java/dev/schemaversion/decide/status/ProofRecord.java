package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.ProofStatus;
import dev.schemaversion.api.v1alpha1.ProofStatus.KnownStatus;
import dev.schemaversion.api.v1alpha1.ProofStatus.SchemaStatus;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.contract.Basis;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.Schema;
import dev.schemaversion.contract.request.KnownSchema;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Reads {@code status.proof}: whether the proof holds, and what was proven last. */
public final class ProofRecord {
  private static final Set<String> HOLDING =
      Set.of(Verdict.Equal.name(), Verdict.Accepted.name(), Verdict.Carried.name());

  private ProofRecord() {}

  /** Returns whether the schema is proven; false without a record. */
  public static boolean holds(ProofStatus proof) {
    return proof != null && HOLDING.contains(String.valueOf(proof.verdict()));
  }

  /** Returns whether the current schema has not been compared yet. */
  public static boolean pending(ProofStatus proof) {
    return proof != null && Reason.ProofPending.name().equals(proof.reason());
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
  public static KnownSchema knownSchema(ProofStatus proof) {
    var known = known(proof);
    if (known == null || known.schema() == null) {
      return null;
    }
    var schema = known.schema();
    var basis = known.basis();
    return new KnownSchema(
        known.version(),
        new Schema(schema.header(), schema.fingerprint(), schema.history()),
        basis == null ? null : new Basis(basis.outside(), basis.settings()));
  }

  /** Returns the digests of the accepted differences. */
  public static List<String> accepted(ProofStatus proof) {
    var known = known(proof);
    return known == null ? List.of() : Objects.requireNonNullElse(known.accepted(), List.of());
  }

  /** Returns the digests of a schema as the status has them, or null. */
  static SchemaStatus schema(Schema schema) {
    return schema == null
        ? null
        : new SchemaStatus(schema.header(), schema.fingerprint(), schema.history());
  }
}
