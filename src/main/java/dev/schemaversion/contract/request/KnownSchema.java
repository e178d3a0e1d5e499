package dev.schemaversion.contract.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.schemaversion.contract.Basis;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Schema;

/**
 * A proven schema.
 *
 * @param version its version; null for an empty database
 * @param schema its digests
 * @param basis {@link Proof#basis()} of the proof; null for one that recorded none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KnownSchema(String version, Schema schema, Basis basis) {
  /** {@code basis} with its default. */
  public Basis basisOrUnknown() {
    return basis == null ? Basis.UNKNOWN : basis;
  }
}
