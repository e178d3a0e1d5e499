package dev.schemaversion.contract.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.schemaversion.contract.Proof;
import java.util.List;

/**
 * The rules for comparing schemas, and the last proven schema.
 *
 * @param ignore the patterns of ignored objects, as in {@code proof.ignore}
 * @param acceptDifference {@link Proof#digest()} of the difference that the user accepts, or null
 * @param accepted {@link Proof#accepted()} of the recorded acceptance; empty without one
 * @param known the last proven schema, or null
 * @param grants whether grants and owners count, or null for the default
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProofRules(
    List<String> ignore,
    String acceptDifference,
    List<String> accepted,
    KnownSchema known,
    Grants grants) {
  /** Nothing is ignored, accepted or known. */
  public static final ProofRules STRICT = new ProofRules(List.of(), null, List.of(), null);

  /** The rules with grants and owners as by default. */
  public ProofRules(
      List<String> ignore, String acceptDifference, List<String> accepted, KnownSchema known) {
    this(ignore, acceptDifference, accepted, known, null);
  }

  /** {@code grants} with its default. */
  public Grants grantsOrDefault() {
    return grants == null ? Grants.Enforce : grants;
  }

  /** What a difference in grants and owners is. */
  public enum Grants {
    /** A difference that counts. */
    Enforce,
    /** A line in the log. */
    Note
  }
}
