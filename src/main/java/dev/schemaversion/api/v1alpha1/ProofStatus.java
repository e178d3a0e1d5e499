package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** How the schema compares with what the migrations build. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RecordBuilder
public record ProofStatus(
    @JsonPropertyDescription(
            "Equal: nothing differs. Accepted: what differs is accepted. Carried: proven before, and"
                + " changed since only by migrations of ours that ended well. Different: something"
                + " differs. Unprovable: it could not be compared.")
        String verdict,
    @JsonPropertyDescription(
            "Why it does not hold, in one word, such as ClaimRefuted, HistoryContradicted, Drifted,"
                + " ReplayFailed or ProofPending.")
        String reason,
    @JsonPropertyDescription("The version it was compared with; none for an empty database.")
        String version,
    @JsonPropertyDescription(
            "All versions whose schema it equals. No schema can tell them apart: within them the"
                + " claim decides.")
        List<String> equalVersions,
    @JsonPropertyDescription(
            "Where it equals none: the version from which the fewest objects differ.")
        String nearest,
    @JsonPropertyDescription("How many objects differ from the nearest version.")
        Integer nearestDifferences,
    @JsonPropertyDescription("How many objects differ from the version.") Integer differences,
    @JsonPropertyDescription(
            "The first ten differences, perhaps shortened; the Job's log has them all.")
        List<String> first,
    @JsonPropertyDescription(
            "What spec.baseline.acceptDifference must be to accept exactly this difference.")
        String digest,
    @JsonPropertyDescription("Digests of the differences that are accepted.") List<String> accepted,
    @JsonPropertyDescription("How many objects each pattern of spec.proof.ignore has left out.")
        Map<String, Integer> ignored,
    @JsonPropertyDescription("The schema that was found, in digests.") SchemaStatus schema,
    @JsonPropertyDescription("When the schema was first found as it is now.") String foundAt,
    @JsonPropertyDescription("When the schema was last proven by comparison.") String provenAt,
    @JsonPropertyDescription(
            "When it was last looked whether the schema is still the one that was found.")
        String checkedAt,
    @JsonPropertyDescription(
            "The value of the annotation schemaversion.dev/verify that was last answered.")
        String asked,
    @JsonPropertyDescription(
            "The schema as it was last proven, where it is not that any more. Found again, it is"
                + " proven again.")
        KnownStatus known)
    implements ProofStatusBuilder.With {

  /** A schema in digests. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SchemaStatus(
      @JsonPropertyDescription(
              "What the fingerprint depends on beside the schema: format, engine, major version"
                  + " and what is ignored.")
          String header,
      @JsonPropertyDescription("A digest over all objects.") String fingerprint,
      @JsonPropertyDescription("A digest over the rows of the history table.") String history) {}

  /** A schema that was proven. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record KnownStatus(
      @JsonPropertyDescription("What the comparison said.") String verdict,
      @JsonPropertyDescription("The version.") String version,
      @JsonPropertyDescription("All versions whose schema it equals.") List<String> equalVersions,
      @JsonPropertyDescription("Digests of the differences that were accepted.")
          List<String> accepted,
      @JsonPropertyDescription("The schema in digests.") SchemaStatus schema) {}
}
