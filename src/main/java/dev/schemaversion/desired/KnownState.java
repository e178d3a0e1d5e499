package dev.schemaversion.desired;

import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.RunRequest.Known;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * What a Job is given beside the resource: evidence, which is no wish and so no part of the inputs'
 * digest.
 *
 * @param database the database whose evidence is recorded, or null
 * @param known the schema as it was last proven, or null
 * @param accepted digests of the differences that have been accepted
 * @param serverVersion what the database's server calls its version, or null
 * @param approvedPlan the digest of the plan that may be carried out, or null
 * @param content the digest of what was read from the image with the migrations, or null
 * @param afterLost see {@link dev.schemaversion.contract.RunRequest#afterLost}
 * @param occasion what tells Jobs with the same inputs apart, such as when a look became due; part
 *     of {@link JobInputs#id}
 */
@RecordBuilder
public record KnownState(
    DatabaseIdentity database,
    Known known,
    List<String> accepted,
    String serverVersion,
    String approvedPlan,
    String content,
    boolean afterLost,
    String occasion)
    implements KnownStateBuilder.With {
  /** Nothing is known. */
  public static final KnownState NOTHING =
      KnownStateBuilder.builder().accepted(List.of()).occasion("").build();

  /** Only which database it is. */
  public static KnownState on(DatabaseIdentity database) {
    return NOTHING.withDatabase(database);
  }
}
