package dev.schemaversion.contract;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a run ended. The closed list of the runner's exit codes; {@link #reason()} is what users read
 * in conditions and Events.
 */
public enum Outcome {
  /** The step is done; the report says what was found and done. */
  SUCCEEDED(0, Kind.DONE),

  /** No connection to the database: host name, port, network, TLS or server, or a standby. */
  DATABASE_UNREACHABLE(10, Kind.RETRY),
  /** The server refused the user, the password, the database name or the role. */
  ACCESS_DENIED(11, Kind.RETRY),
  /**
   * The Secret, or a key of it that the resource needs, is not there. Host and database name count
   * too where the resource does not give them: only the Job sees when the Secret is completed.
   */
  CREDENTIALS_MISSING(12, Kind.RETRY),
  /** Another runner works on this database. */
  LOCK_BUSY(13, Kind.RETRY),
  /** A statement waited too long for a lock of another session; its script was rolled back. */
  LOCK_TIMEOUT(14, Kind.RETRY),
  /** A statement was the victim of a deadlock; its script was rolled back. */
  DEADLOCK(15, Kind.RETRY),
  /** The mounted migrations are not those the Job was made for. */
  INPUTS_CHANGED(16, Kind.RETRY),
  /** The connection broke in the middle; the script it was in was rolled back by the server. */
  CONNECTION_LOST(17, Kind.RETRY),
  /** Told to stop, and stopped between two migrations. */
  INTERRUPTED(18, Kind.RETRY),
  /** Another database answers under this address than the one whose evidence is recorded. */
  DATABASE_CHANGED(19, Kind.RETRY),
  /** The scratch server does not answer, or died. It says nothing about the database. */
  SCRATCH_UNAVAILABLE(20, Kind.RETRY),
  /** The scratch server has another major version; the next attempt takes the right image. */
  SCRATCH_MAJOR_MISMATCH(21, Kind.RETRY),
  /** Others change the schema, so that no two readings in a row were equal. */
  SCHEMA_BUSY(22, Kind.RETRY),
  /** The present version is not proven, and this Job has no scratch server; a proof follows. */
  PROOF_NEEDED(23, Kind.RETRY),
  /**
   * The program that dumps the schema for the rehearsal failed. Its exit code does not tell a lost
   * connection from a missing right, and neither a new network nor a GRANT changes the resource.
   */
  DUMP_FAILED(24, Kind.RETRY),
  /** The run took longer than it may, and stopped between two migrations. */
  RUN_TIME_LIMIT(25, Kind.RETRY),

  /** The database has tables but no history, and the resource does not say which version it is. */
  BASELINE_REQUIRED(30, Kind.REFUSED),
  /** The history table is there but empty, and the database is not. */
  HISTORY_EMPTY(31, Kind.REFUSED),
  /** The history table is marked with another baseline version than the resource claims. */
  BASELINE_MISMATCH(32, Kind.REFUSED),
  /** A history with migrations in it came into being while the baseline was being stamped. */
  HISTORY_EXISTS(33, Kind.REFUSED),
  /** The wanted version is lower than the present one. */
  DOWNGRADE_REFUSED(34, Kind.REFUSED),
  /** The database has versions that the migrations do not know. */
  DATABASE_NEWER(35, Kind.REFUSED),
  /** No migration file has the wanted (or the claimed) version. */
  VERSION_MISSING(36, Kind.REFUSED),
  /** A migration that the history lists is not among the files. */
  MIGRATION_MISSING(37, Kind.REFUSED),
  /** A migration file has changed since it ran. */
  CHECKSUM_MISMATCH(38, Kind.REFUSED),
  /** A pending migration has a lower version than one that ran already. */
  OUT_OF_ORDER(39, Kind.REFUSED),
  /** The history records a migration that failed half-way. */
  FAILED_IN_HISTORY(40, Kind.REFUSED),
  /** Something among the migrations is not plain versioned SQL with a valid name. */
  UNSUPPORTED_MIGRATION(41, Kind.REFUSED),
  /** Two files have the same version. */
  DUPLICATE_VERSION(42, Kind.REFUSED),
  /** A migration cannot run in a transaction, so that its death would leave no trace. */
  NON_TRANSACTIONAL_MIGRATION(43, Kind.REFUSED),
  /** The request itself is not usable, such as an unknown engine or a host that is no host name. */
  INVALID_REQUEST(44, Kind.REFUSED),

  /** The schema is not that of the version which {@code baseline.version} claims. */
  CLAIM_REFUTED(45, Kind.REFUSED),
  /** The schema is not that of the version which the history claims. */
  HISTORY_CONTRADICTED(46, Kind.REFUSED),
  /** The schema, or the history, is not any more what was proven. */
  DRIFTED(47, Kind.REFUSED),
  /** The plan that was approved is not what would be done now. */
  PLAN_CHANGED(48, Kind.REFUSED),
  /** A connection pooler that hands on sessions is in between; locks would leak. */
  POOLER_REFUSED(49, Kind.REFUSED),

  /** A statement of a migration failed; its script was rolled back. */
  MIGRATION_FAILED(50, Kind.REFUSED),
  /** A migration failed on the clone; the database was not touched. */
  REHEARSAL_FAILED(51, Kind.REFUSED),
  /** The migrations ran, and the schema is not what they build elsewhere. */
  RESULT_CONTRADICTED(52, Kind.REFUSED),
  /**
   * A script that commits by itself was begun and not ended; what is there is between two versions.
   */
  HALF_APPLIED(53, Kind.REFUSED),
  /**
   * A statement of a migration took longer than it may, or somebody cancelled it; its script was
   * rolled back.
   */
  STATEMENT_TIMEOUT(54, Kind.REFUSED),

  /** Unprovable: the migrations cannot build the version on the scratch server. */
  REPLAY_FAILED(60, Kind.REFUSED),
  /** Unprovable: the scratch server lacks an extension or a setting that the database has. */
  SCRATCH_LACKS(61, Kind.REFUSED),
  /** Unprovable: the user may not read what a snapshot is made of. */
  CANNOT_READ_CATALOG(62, Kind.REFUSED),
  /** What was dumped for the rehearsal cannot be restored, or there is no program that dumps. */
  CLONE_FAILED(64, Kind.REFUSED),
  /** The runner's pg_dump is older than the server. */
  DUMP_TOO_OLD(65, Kind.REFUSED),
  /** The migrations do not fit into the runner's memory. */
  MIGRATIONS_TOO_LARGE(66, Kind.REFUSED),

  /** A fault of the runner itself. */
  INTERNAL_ERROR(70, Kind.REFUSED);

  /** What follows from an outcome. */
  public enum Kind {
    /** Nothing more to do. */
    DONE,
    /** May go away by itself: tried again with back-off. */
    RETRY,
    /** Stands until a person changes something. */
    REFUSED
  }

  private static final Pattern WORD = Pattern.compile("([A-Z])([A-Z]*)_?");

  private final int exitCode;
  private final Kind kind;

  Outcome(int exitCode, Kind kind) {
    this.exitCode = exitCode;
    this.kind = kind;
  }

  /** The process's exit code. */
  public int exitCode() {
    return exitCode;
  }

  /** What follows from it. */
  public Kind kind() {
    return kind;
  }

  /** The name as conditions and Events show it: {@code BaselineRequired}. */
  public String reason() {
    return WORD.matcher(name())
        .replaceAll(word -> word.group(1) + word.group(2).toLowerCase(Locale.ROOT));
  }

  /** The outcome an exit code stands for; empty for a process that died without one of ours. */
  public static Optional<Outcome> ofExitCode(int exitCode) {
    return Arrays.stream(values()).filter(outcome -> outcome.exitCode == exitCode).findFirst();
  }
}
