package dev.schemaversion.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/**
 * The result of comparing the schema of a database with the schema that the migrations build.
 *
 * @param verdict the result
 * @param version the version with which it was compared; null for an empty database
 * @param reason why it is unprovable, as an {@link Outcome#reason()}; otherwise null
 * @param equalVersions all compared versions whose schema it equals; the schema cannot distinguish
 *     them, so among them the claimed version counts
 * @param nearest the version from which the fewest objects differ, if it equals none; or null
 * @param nearestDifferences the number of objects that differ from that version
 * @param differences the number of objects that differ from {@link #version}
 * @param first the first ten differences, printed like a diff and possibly truncated
 * @param digest the value of {@code baseline.acceptDifference} that accepts exactly this
 *     difference; null if there is none
 * @param accepted the digests of the accepted differences; null if there is none
 * @param ignored the number of objects that each pattern of {@code proof.ignore} ignores
 * @param leftOut the number of objects that did not count, because repeatable migrations and
 *     callbacks own them, which exist in their newest form only; null if there are none
 * @param basis what was compared besides the objects in the schemas, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RecordBuilder
public record Proof(
    Verdict verdict,
    String version,
    String reason,
    List<String> equalVersions,
    String nearest,
    Integer nearestDifferences,
    int differences,
    List<String> first,
    String digest,
    @JsonSerialize(converter = AcceptedDigests.Writer.class)
        @JsonDeserialize(converter = AcceptedDigests.Reader.class)
        List<String> accepted,
    Map<String, Integer> ignored,
    Integer leftOut,
    Basis basis)
    implements ProofBuilder.With {

  /** The results of a comparison. */
  public enum Verdict {
    /** The schema equals the schema of the version. */
    Equal,
    /** The schema differs only by what the user has accepted, or by a part of it. */
    Accepted,
    /**
     * The schema was proven before, and only successful migrations have changed it since ({@code
     * proof.mode: OnBaseline}).
     */
    Carried,
    /** The schema differs. */
    Different,
    /** The comparison was not possible, for a reason that says nothing about the database. */
    Unprovable
  }

  /** Returns whether workloads may rely on the version. */
  public boolean holds() {
    return verdict == Verdict.Equal || verdict == Verdict.Accepted || verdict == Verdict.Carried;
  }
}
