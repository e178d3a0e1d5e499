package dev.schemaversion.runner.proof;

import dev.schemaversion.runner.impact.ImpactRecorder;
import dev.schemaversion.runner.scratch.ScratchDatabase;
import java.sql.SQLException;
import java.util.List;

/**
 * A migration tool with one set of migrations and one real database. Proof and steps know only
 * this; Flyway is one implementation.
 */
public interface MigrationTool {
  /**
   * The one spelling of a version, as the migrations spell it. Two versions are the same if and
   * only if their canonical spellings are equal.
   */
  String canonical(String version);

  /**
   * The version as the user wrote it in the resource, else the canonical spelling; null for null.
   */
  String asWritten(String version);

  /**
   * Refuses a version for which there is no migration, unless it is the beginning.
   *
   * @param field where the user wrote it
   * @throws dev.schemaversion.runner.engine.RunFailure {@code VERSION_MISSING}
   */
  void require(String version, String field);

  /** Reads the history; this writes nothing. */
  History history() throws SQLException;

  /**
   * Whether a version stands for the time before all migrations: version 0, unless a migration has
   * that version. A database at that version has nothing of these migrations.
   */
  boolean isBeginning(String version);

  /**
   * Whether the schemas contain anything apart from the tool's own table, whether it counts or not.
   */
  boolean hasObjects() throws SQLException;

  /**
   * Refuses a user that may not create the tool's table.
   *
   * @throws dev.schemaversion.runner.engine.RunFailure {@code ACCESS_DENIED}
   */
  void failIfHistoryCannotBeCreated() throws SQLException;

  /**
   * Builds all versions from an empty database, one after the other. There is more than one way to
   * a version where a baseline script stands for the migrations before it.
   *
   * @param version which must be among those that are built; null for any
   */
  List<Replay> replays(String version);

  /** Whether the statements of the migrations are known before they run. */
  boolean knowsStatements();

  /** The scripts that run around the migrations in each sync, even if none is pending. */
  List<PendingMigration> callbacks();

  /**
   * Records that the database is at this version, without running anything.
   *
   * @throws StampRefused if the tool refuses
   */
  void stamp(String version);

  /**
   * Runs the pending migrations on a clone, after what a sync settles first.
   *
   * @param pending how many there are
   * @param besideOthers see {@link #migrate}
   * @param watched receives each statement
   * @throws dev.schemaversion.runner.engine.RunFailure {@code REHEARSAL_FAILED}
   */
  void rehearse(ScratchDatabase clone, int pending, boolean besideOthers, ImpactRecorder watched)
      throws SQLException;

  /**
   * Runs the pending migrations on the real database.
   *
   * @param pending how many there are
   * @param besideOthers whether nothing has run and the schemas contain objects that do not count,
   *     among which the tool refuses to begin by itself; nothing is stamped, so the history becomes
   *     that of an empty database
   * @throws dev.schemaversion.runner.engine.RunFailure {@code LOCK_BUSY} if the tool is run by
   *     something else on this database
   */
  Migrated migrate(int pending, boolean besideOthers) throws SQLException;

  /** Finds out, with the scratch server, how migrating ended that {@link Migrated#isInDoubt}. */
  default Migrated review(Migrated migrated) throws SQLException {
    return migrated;
  }

  /** Explains the failure of {@link #migrate} as the report states it. */
  RuntimeException explain(Migrated failed, SchemaProof proof) throws SQLException;

  /**
   * How migrating ended.
   *
   * @param after the history afterwards; null if it can no longer be read
   * @param thrown why it failed; null if it succeeded
   * @param isInDoubt whether only the scratch server shows what was done
   */
  record Migrated(History after, RuntimeException thrown, boolean isInDoubt) {
    /** What was done is in doubt if migrating failed. */
    public Migrated(History after, RuntimeException thrown) {
      this(after, thrown, thrown != null);
    }
  }

  /** The tool refused to stamp a version; the cause is the tool's own exception. */
  final class StampRefused extends RuntimeException {
    /** Without the cause's message, which may quote rows. */
    public StampRefused(RuntimeException cause) {
      super(null, cause);
    }
  }
}
