package dev.schemaversion.contract;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The result of a run, with its exit code. The list is closed; conditions and Events show {@link
 * #reason()}.
 */
public enum Outcome {
  /** The step has succeeded. */
  SUCCEEDED(0, Kind.DONE),

  /**
   * The runner cannot connect to the database, or is connected to a standby. Check host name, port,
   * network policy, TLS settings and the server.
   */
  DATABASE_UNREACHABLE(10, Kind.RETRY),
  /**
   * The server rejected the user, the password, the database name or the role. Correct the Secret,
   * or the user's rights.
   */
  ACCESS_DENIED(11, Kind.RETRY),
  /**
   * The Secret, or a key that the resource needs, is missing; host and database name count too
   * where the resource does not set them. Complete the Secret: the operator retries, because only a
   * Job can see it.
   */
  CREDENTIALS_MISSING(12, Kind.RETRY),
  /**
   * Another runner holds the lock on this database, or the server still executes what an
   * interrupted migration tool had sent. The operator retries when that has finished.
   */
  LOCK_BUSY(13, Kind.RETRY),
  /**
   * A statement waited too long for a lock of another session, and its script was rolled back. The
   * operator retries; end the session that blocks it, or raise {@code spec.job.limits.lockWait}.
   */
  LOCK_TIMEOUT(14, Kind.RETRY),
  /**
   * The server ended a statement because of a deadlock, and its script was rolled back. The
   * operator retries.
   */
  DEADLOCK(15, Kind.RETRY),
  /**
   * The mounted migrations are not those for which the Job was created. The operator creates a Job
   * for the new ones; give changed content of an image a new tag.
   */
  INPUTS_CHANGED(16, Kind.RETRY),
  /**
   * The connection broke during a run, and the server rolled back the script that was running; or a
   * migration tool failed, and the server still executes its statement. The operator proves the
   * schema before it continues.
   */
  CONNECTION_LOST(17, Kind.RETRY),
  /** The runner received SIGTERM and stopped between two migrations. The operator retries. */
  INTERRUPTED(18, Kind.RETRY),
  /**
   * Another database answers at this address than the one whose state is recorded. The operator
   * voids the recorded state and begins again with a baseline.
   */
  DATABASE_CHANGED(19, Kind.RETRY),
  /**
   * The scratch server does not answer or has ended, which says nothing about the database. The
   * operator retries; check the log and the memory limit of the scratch container.
   */
  SCRATCH_UNAVAILABLE(20, Kind.RETRY),
  /**
   * The scratch server has another major version than the database. The next attempt uses the image
   * for the right version; if it fails again, correct {@code spec.proof.scratch.image} or the
   * operator's settings.
   */
  SCRATCH_MAJOR_MISMATCH(21, Kind.RETRY),
  /**
   * Other sessions change the schema so often that no two consecutive reads were equal. The
   * operator retries; stop these changes.
   */
  SCHEMA_BUSY(22, Kind.RETRY),
  /** The current version is not proven, and this Job has no scratch server. A prove Job follows. */
  PROOF_NEEDED(23, Kind.RETRY),
  /**
   * The program that dumps the schema for the rehearsal failed, because of a lost connection or a
   * missing right. The operator retries; grant the right that the message names.
   */
  DUMP_FAILED(24, Kind.RETRY),
  /**
   * The run reached {@code spec.job.limits.run} and stopped between two migrations. The next
   * attempt continues from there; raise the limit if no attempt gets further.
   */
  RUN_TIME_LIMIT(25, Kind.RETRY),
  /**
   * The container of the migration tool does not answer, so nothing ran. The operator retries;
   * check the state of the container, and {@code spec.migrations.command.image}.
   */
  TOOL_UNAVAILABLE(26, Kind.RETRY),

  /**
   * The database has tables but no migration history, and the resource does not claim a version.
   * Set {@code spec.baseline.version}.
   */
  BASELINE_REQUIRED(30, Kind.REFUSED),
  /**
   * The history table is empty, but the database is not. Determine the version of the database,
   * drop the empty table and set {@code spec.baseline.version}.
   */
  HISTORY_EMPTY(31, Kind.REFUSED),
  /**
   * The history table was stamped with another baseline version than {@code spec.baseline.version}.
   * Correct the field.
   */
  BASELINE_MISMATCH(32, Kind.REFUSED),
  /**
   * A history with migrations appeared while the runner stamped the baseline. Check what else
   * migrates this database, then set the annotation {@code schemaversion.dev/retry}.
   */
  HISTORY_EXISTS(33, Kind.REFUSED),
  /**
   * The wanted version is lower than the current version. Set {@code spec.version} to the current
   * version or higher, or restore a backup.
   */
  DOWNGRADE_REFUSED(34, Kind.REFUSED),
  /**
   * The history contains versions for which there is no migration. Provide the migrations of the
   * newer release and set {@code spec.version} accordingly.
   */
  DATABASE_NEWER(35, Kind.REFUSED),
  /**
   * No migration has the wanted or the claimed version. Add the migration, or correct {@code
   * spec.version} or {@code spec.baseline.version}.
   */
  VERSION_MISSING(36, Kind.REFUSED),
  /** A migration in the history is missing from the files. Add the file. */
  MIGRATION_MISSING(37, Kind.REFUSED),
  /**
   * A migration file has changed since it ran. The message says whether the files as they are now
   * build the schema found: if they do, {@code spec.migrations.flyway.checksums: Proven} takes them
   * over; otherwise restore the original content, and put the change into a new migration.
   */
  CHECKSUM_MISMATCH(38, Kind.REFUSED),
  /**
   * A pending migration has a lower version than one that has already run. Give it a higher
   * version, or set {@code spec.migrations.flyway.outOfOrder}.
   */
  OUT_OF_ORDER(39, Kind.REFUSED),
  /**
   * The history records a failed migration. Repair what the migration left behind, remove its row
   * from the history, then set the annotation {@code schemaversion.dev/retry}.
   */
  FAILED_IN_HISTORY(40, Kind.REFUSED),
  /**
   * A file has almost the name of a migration, is a script or Java migration, or cannot be read as
   * text. Rename, remove or correct it.
   */
  UNSUPPORTED_MIGRATION(41, Kind.REFUSED),
  /** Two migrations have the same version. Rename one of them. */
  DUPLICATE_VERSION(42, Kind.REFUSED),
  /**
   * The tables of the migration tool contain something that the tool leaves there for none of
   * {@code spec.migrations.command.versions}. Add the missing version, or repair the tables with
   * the tool, then set the annotation {@code schemaversion.dev/retry}.
   */
  HISTORY_UNKNOWN(43, Kind.REFUSED),
  /**
   * The spec is invalid, for example an unknown engine or an invalid host name. Correct the field
   * that the message names.
   */
  INVALID_REQUEST(44, Kind.REFUSED),

  /**
   * The schema is not the schema of the version that {@code spec.baseline.version} claims; nothing
   * was written. Correct the claim or the schema, or accept the difference.
   */
  CLAIM_REFUTED(45, Kind.REFUSED),
  /**
   * The schema is not the schema of the version that the history claims; nothing was written.
   * Correct the schema or the history, or accept the difference.
   */
  HISTORY_CONTRADICTED(46, Kind.REFUSED),
  /**
   * The schema or the history is no longer the proven one. Undo the change, make it a migration, or
   * accept the difference.
   */
  DRIFTED(47, Kind.REFUSED),
  /**
   * The approved plan is no longer what the sync would do; nothing was written. Review and approve
   * the new plan.
   */
  PLAN_CHANGED(48, Kind.REFUSED),
  /**
   * The connection goes through a pooler that shares sessions, with which the runner's locks are
   * not safe. Set the address of the server itself.
   */
  POOLER_REFUSED(49, Kind.REFUSED),

  /**
   * A statement of a migration failed, and its script was rolled back. Correct the migration or the
   * data.
   */
  MIGRATION_FAILED(50, Kind.REFUSED),
  /**
   * A migration failed in the rehearsal on the clone; the database was not changed. Correct the
   * migration.
   */
  REHEARSAL_FAILED(51, Kind.REFUSED),
  /**
   * The migrations ran, but the schema is not the schema that they build elsewhere. Correct the
   * schema, or accept the difference.
   */
  RESULT_CONTRADICTED(52, Kind.REFUSED),
  /**
   * A script that is not rolled back as a whole started but did not finish, so the database is
   * between two versions. Complete or undo it by hand, then set the annotation {@code
   * schemaversion.dev/retry}.
   */
  HALF_APPLIED(53, Kind.REFUSED),
  /**
   * A statement of a migration exceeded its timeout or was cancelled, and its script was rolled
   * back. Raise {@code spec.job.limits.statement}, or make the statement faster.
   */
  STATEMENT_TIMEOUT(54, Kind.REFUSED),

  /**
   * Rows of the database do not satisfy a constraint or a type that the pending migrations make,
   * and no pending migration changes rows of that table; the database was not changed. Correct the
   * rows, then set the annotation {@code schemaversion.dev/retry}.
   */
  ROWS_VIOLATE_CONSTRAINT(56, Kind.REFUSED),

  /**
   * The schema cannot be proven, because the migrations fail on the scratch server. Correct the
   * migration, or the settings of the scratch server.
   */
  REPLAY_FAILED(60, Kind.REFUSED),
  /**
   * The schema cannot be proven, because the scratch server lacks an extension or a setting of the
   * database. Set {@code spec.proof.scratch.image} to an image that has it.
   */
  SCRATCH_LACKS(61, Kind.REFUSED),
  /**
   * The schema cannot be proven, because the user lacks a right to read it. Grant the right that
   * the message names.
   */
  CANNOT_READ_CATALOG(62, Kind.REFUSED),
  /**
   * The schema, or the rows that {@code spec.proof.rehearsal} asks for, cannot be cloned for the
   * rehearsal; the database was not changed. Correct what the message names, or set {@code
   * spec.proof.mode} to OnBaseline.
   */
  CLONE_FAILED(64, Kind.REFUSED),
  /** The runner's pg_dump is older than the server. Upgrade the operator. */
  DUMP_TOO_OLD(65, Kind.REFUSED),
  /**
   * The migrations do not fit into the runner's memory; nothing was done. Raise {@code
   * spec.job.resources.limits.memory}.
   */
  MIGRATIONS_TOO_LARGE(66, Kind.REFUSED),
  /**
   * The schema cannot be proven, because the history records migrations that are not SQL scripts.
   * Run the migrations with the tool that ran them before, or accept that they cannot be proven.
   */
  MIGRATION_NOT_SQL(67, Kind.REFUSED),
  /**
   * A pending migration rewrites a table that is larger than {@code spec.job.limits.rewrite}, or
   * reads all of it while nothing else can. The database was not touched. Write the migration in
   * steps, or raise that limit.
   */
  REWRITE_TOO_LARGE(69, Kind.REFUSED),

  /** The runner failed because of a defect. Report it with the log of the Job. */
  INTERNAL_ERROR(70, Kind.REFUSED);

  /** The consequence of an outcome. */
  public enum Kind {
    /** The step is complete. */
    DONE,
    /** The cause may disappear by itself: the operator retries with exponential back-off. */
    RETRY,
    /** A retry would fail again: the operator waits until a person changes something. */
    REFUSED
  }

  private static final Pattern WORD = Pattern.compile("([A-Z])([A-Z]*)_?");

  private final int exitCode;
  private final Kind kind;

  Outcome(int exitCode, Kind kind) {
    this.exitCode = exitCode;
    this.kind = kind;
  }

  /** The exit code of the runner's process. */
  public int exitCode() {
    return exitCode;
  }

  /** The consequence. */
  public Kind kind() {
    return kind;
  }

  /** The name as conditions and Events show it, such as {@code BaselineRequired}. */
  public String reason() {
    return WORD.matcher(name())
        .replaceAll(word -> word.group(1) + word.group(2).toLowerCase(Locale.ROOT));
  }

  /** Returns the outcome with an exit code; empty for an exit code that is not one of these. */
  public static Optional<Outcome> ofExitCode(int exitCode) {
    return Arrays.stream(values()).filter(outcome -> outcome.exitCode == exitCode).findFirst();
  }
}
