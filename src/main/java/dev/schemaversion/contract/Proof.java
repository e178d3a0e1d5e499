package dev.schemaversion.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/**
 * How the schema found compares with the schema that the migrations build.
 *
 * @param verdict what the comparison says
 * @param version the version it was compared with; null for an empty database
 * @param reason why it is unprovable, as an {@link Outcome#reason()}; otherwise null
 * @param equalVersions all versions whose schema it equals, as far as was looked; no schema can
 *     tell them apart, so that within them the claim decides
 * @param nearest where it equals none: the version from which the fewest objects differ, or null
 * @param nearestDifferences how many do
 * @param differences how many objects differ from {@link #version}
 * @param first the first ten differences, printed like a diff and perhaps shortened
 * @param digest what {@code baseline.acceptDifference} must be to accept exactly this difference;
 *     null where there is none
 * @param accepted digests of each of the differences that are accepted; null where none is
 * @param ignored how many objects each pattern of {@code proof.ignore} has left out
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
    List<String> accepted,
    Map<String, Integer> ignored)
    implements ProofBuilder.With {

  /** What a comparison can say. */
  public enum Verdict {
    /** Nothing differs. */
    Equal,
    /** What differs is what the user has accepted, or part of it. */
    Accepted,
    /**
     * It was proven before, and only migrations of ours that ended well have changed it since
     * ({@code proof.mode: OnBaseline}).
     */
    Carried,
    /** Something differs. */
    Different,
    /** It could not be compared, for a reason that says nothing about the database. */
    Unprovable
  }

  /** Whether a workload may rely on it. */
  public boolean holds() {
    return verdict == Verdict.Equal || verdict == Verdict.Accepted || verdict == Verdict.Carried;
  }
}
