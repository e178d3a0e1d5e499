package dev.schemaversion.desired;

import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.request.KnownSchema;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * What a Job gets besides the resource: the state that the operator knows of the database. The
 * state is not part of the spec, so {@link JobInputs#digest} does not include it.
 *
 * @param database the database whose state is recorded, or null
 * @param known the last proven schema, or null
 * @param accepted the digests of the accepted differences
 * @param serverVersion the version that the server reports, or null
 * @param approvedPlan the digest of the approved plan, or null
 * @param content the digest of the migrations in the image, or null
 * @param afterLost see {@link dev.schemaversion.contract.RunRequest#afterLost}
 * @param first whether a sync begins with a baseline, because nothing is known of the database
 * @param trigger distinguishes Jobs with the same inputs, such as the verification that became due;
 *     part of {@link JobInputs#id}
 */
@RecordBuilder
public record KnownState(
    DatabaseIdentity database,
    KnownSchema known,
    List<String> accepted,
    String serverVersion,
    String approvedPlan,
    String content,
    boolean afterLost,
    boolean first,
    String trigger)
    implements KnownStateBuilder.With {
  /** The state of a database about which nothing is known. */
  public static final KnownState NOTHING =
      KnownStateBuilder.builder().accepted(List.of()).trigger("").build();

  /** Returns a state with only the identity of the database. */
  public static KnownState on(DatabaseIdentity database) {
    return NOTHING.withDatabase(database);
  }
}
