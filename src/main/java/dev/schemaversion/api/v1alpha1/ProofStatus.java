package dev.schemaversion.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** The result of comparing the schema with the schema that the migrations build. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RecordBuilder
public record ProofStatus(
    @JsonPropertyDescription(
            "The result of the comparison. Equal: the schema equals the schema of the "
                + "version. Accepted: the remaining difference is accepted. Carried: the schema was "
                + "proven before, and only successful migrations have changed it since. Different: "
                + "the schema differs. Unprovable: the comparison was not possible.")
        String verdict,
    @JsonPropertyDescription(
            "Why the proof does not hold, such as BaselineRequired, ClaimRefuted, "
                + "HistoryContradicted, Drifted, ReplayFailed or ProofPending. Not set while the "
                + "proof holds.")
        String reason,
    @JsonPropertyDescription(
            "The version with which the schema was compared. Not set for an empty database, and "
                + "where no version is claimed (BaselineRequired).")
        String version,
    @JsonPropertyDescription(
            "All versions whose schema equals the schema of the database. The schema cannot "
                + "distinguish these versions, so among them the claimed version counts. Where no "
                + "version is claimed (BaselineRequired), look at the rows to choose.")
        List<String> equalVersions,
    @JsonPropertyDescription(
            "The version from which the fewest objects differ. Set where the schema equals no "
                + "version.")
        String nearest,
    @JsonPropertyDescription("The number of objects that differ from the nearest version.")
        Integer nearestDifferences,
    @JsonPropertyDescription("The number of objects that differ from the version.")
        Integer differences,
    @JsonPropertyDescription(
            "The first ten differences, possibly truncated. The log of the Job lists all of "
                + "them.")
        List<String> first,
    @JsonPropertyDescription(
            "The digest of the difference. Set spec.baseline.acceptDifference to this value "
                + "to accept exactly this difference.")
        String digest,
    @JsonPropertyDescription("The digests of the accepted differences.") List<String> accepted,
    @JsonPropertyDescription("The number of objects that each item of spec.proof.ignore ignores.")
        Map<String, Integer> ignored,
    @JsonPropertyDescription(
            "The number of objects that the comparison left out because repeatable migrations and "
                + "callbacks own them. They exist in their newest form only, so an older version "
                + "cannot be compared with them. The log of the Job names them.")
        Integer leftOut,
    @JsonPropertyDescription(
            "What the comparison covers besides the objects in the schemas of the spec. Not set if "
                + "the last proof did not record it.")
        BasisStatus basis,
    @JsonPropertyDescription("The digests of the schema as a Job last read it.")
        SchemaStatus schema,
    @JsonPropertyDescription("When a Job first read the schema as it is now.") String foundAt,
    @JsonPropertyDescription("When a comparison last proved the schema.") String provenAt,
    @JsonPropertyDescription("When a Job last verified whether the schema has changed.")
        String checkedAt,
    @JsonPropertyDescription(
            "The value of the annotation schemaversion.dev/verify that the last verification "
                + "answered.")
        String asked,
    @JsonPropertyDescription(
            "The last proven schema, while the current schema differs from it. When a Job "
                + "reads this schema again, it counts as proven again.")
        KnownStatus known)
    implements ProofStatusBuilder.With {

  /** The digests of a schema. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SchemaStatus(
      @JsonPropertyDescription(
              "The inputs of the fingerprint other than the schema itself: format, engine, "
                  + "major version and ignored objects.")
          String header,
      @JsonPropertyDescription("A digest of all schema objects.") String fingerprint,
      @JsonPropertyDescription("A digest of the rows in the history table.") String history) {}

  /** A proven schema. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record KnownStatus(
      @JsonPropertyDescription("The result of the comparison, as in status.proof.verdict.")
          String verdict,
      @JsonPropertyDescription("The version of the schema.") String version,
      @JsonPropertyDescription("All versions whose schema equals this one.")
          List<String> equalVersions,
      @JsonPropertyDescription("The digests of the accepted differences.") List<String> accepted,
      @JsonPropertyDescription("What the comparison covered, as in status.proof.basis.")
          BasisStatus basis,
      @JsonPropertyDescription("The digests of the schema.") SchemaStatus schema) {}

  /** What a comparison covers besides the objects in the schemas of the spec. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record BasisStatus(
      @JsonPropertyDescription(
              "What the migrations make outside the schemas of the spec. It must be there, too. "
                  + "shop.* is a schema that they create, in which other objects count as "
                  + "differences. shop is a schema that they create and leave empty. Any other "
                  + "name is an object in a schema that others created.")
          List<String> outside,
      @JsonPropertyDescription(
              "Settings of the database that change what migrations build or what programs get, "
                  + "as the first proof found them or as migrations have changed them since. A "
                  + "change is a difference.")
          Map<String, String> settings) {}
}
