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

  /**
   * The migrations that lead from here to the requested version, in the order in which they run.
   *
   * @throws dev.schemaversion.runner.engine.RunFailure if history and migrations contradict each
   *     other
   */
  List<PendingMigration> pending();

  /**
   * The migrations that ran and have another content or description now, by name. Empty if the
   * request says that this does not matter.
   */
  List<String> changed();

  /**
   * Records the {@link #changed} migrations as they are now, all of them or none.
   *
   * @return the history as it is then
   * @throws dev.schemaversion.runner.engine.RunFailure {@code LOCK_BUSY} if something else changes
   *     the history meanwhile
   */
  History takeOverChanges() throws SQLException;

  /**
   * Builds the versions that this history records, and later ones after them. Scripts without a
   * version are left out, because only their newest form exists. The replay throws {@link
   * Unprovable} if the history records a migration that is missing or is not SQL.
   */
  Replay replay();

  /**
   * Builds exactly what this history records, with all scripts that have no version. Empty if there
   * are none, or if they have changed since they ran.
   */
  Optional<Replay> replayInFull();

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
   * What {@link #settle} would do. Writes nothing to the database.
   *
   * @throws dev.schemaversion.runner.engine.RunFailure {@code HALF_APPLIED} if a part was done
   */
  Settlement settlement(SchemaProof proof) throws SQLException;

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
