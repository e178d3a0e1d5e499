package dev.schemaversion.runner.proof;

import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What the migration tool has recorded in the database, as it was when it was read. Versions are
 * spelled as {@link MigrationTool#canonical} spells them.
 */
public interface History {
  /** Whether the tool's table exists. */
  boolean exists();

  /** The version of the database, empty if no version is recorded. */
  Optional<String> present();

  /** The version that the database was stamped with, if it was stamped. */
  Optional<String> stamp();

  /** The number of recorded migrations that ran; stamps do not count. */
  int migrations();

  /** {@code sha256:<hex>} over the recorded content, without times and users. */
  String digest();

  /** The recorded versions for which there is no migration. */
  List<String> missing();

  /**
   * The migrations that lead from here to the requested version, in the order in which they run.
   *
   * @throws dev.schemaversion.runner.engine.RunFailure if history and migrations contradict each
   *     other
   */
  List<PendingMigration> pending();

  /** Builds exactly what this history records. */
  Replay replay();

  /** Builds what this history records, and the pending migrations after it. */
  Replay replayWithPending();

  /**
   * Refuses a history that records a failed migration.
   *
   * @throws dev.schemaversion.runner.engine.RunFailure {@code FAILED_IN_HISTORY}
   */
  void failIfFailed();

  /**
   * The history without the migrations that were started and of which nothing was done. Their rows
   * are deleted from the database.
   *
   * @throws dev.schemaversion.runner.engine.RunFailure {@code HALF_APPLIED} if a part was done
   */
  History settle(SchemaProof proof) throws SQLException;

  /**
   * Refuses a database on which a started migration was done in part.
   *
   * @param found the schema as it is
   * @return the schema as it will be when {@link #settle} has dropped what such a migration left
   *     and nobody uses
   * @throws dev.schemaversion.runner.engine.RunFailure {@code HALF_APPLIED}, or {@code
   *     FAILED_IN_HISTORY} where the migration rolls back
   */
  Snapshot failIfPartlyApplied(Snapshot found, SchemaProof proof) throws SQLException;

  /**
   * Refuses to run the next migration if it may have run already and the server may have lost the
   * row that recorded it.
   *
   * @param pending the migrations that would run
   * @throws dev.schemaversion.runner.engine.RunFailure {@code HALF_APPLIED}
   */
  void failIfForgotten(List<PendingMigration> pending) throws SQLException;
}
