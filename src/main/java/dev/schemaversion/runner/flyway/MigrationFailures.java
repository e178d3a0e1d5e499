package dev.schemaversion.runner.flyway;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.ErrorCategory;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.RunLock;
import dev.schemaversion.runner.engine.SanitizedMessage;
import dev.schemaversion.runner.flyway.history.FlywayDatabase;
import dev.schemaversion.runner.flyway.script.FailedStatement;
import dev.schemaversion.runner.flyway.script.MigrationProgress;
import dev.schemaversion.runner.proof.RealSchema;
import dev.schemaversion.runner.report.RefusalMessages;
import java.sql.SQLException;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;

/** Explains why migrating failed, from exception types and error codes, never from texts. */
final class MigrationFailures {
  private final MigrationProgress progress;
  private final String state;
  private final boolean commitsByItself;
  private final RunLock lock;
  private final FlywayDatabase database;
  private final RealSchema real;

  /**
   * Explains one failure.
   *
   * @param state what the history says after it, in words
   * @param commitsByItself whether the script that ran last may be half done
   */
  MigrationFailures(
      MigrationProgress progress,
      String state,
      boolean commitsByItself,
      RunLock lock,
      FlywayDatabase database,
      RealSchema real) {
    this.progress = progress;
    this.state = state;
    this.commitsByItself = commitsByItself;
    this.lock = lock;
    this.database = database;
    this.real = real;
  }

  /** The failure as it is reported; the same exception if it is not understood. */
  RuntimeException explain(RuntimeException thrown) throws SQLException {
    var ours = FailedStatement.find(thrown, RunFailure.class);
    if (ours != null) {
      return ours;
    }
    var sql = SanitizedMessage.find(thrown);
    if (sql.isPresent()) {
      return statementFailed(thrown, sql.get());
    }
    if (thrown instanceof FlywayException flyway) {
      if (flyway.getErrorCode() == CoreErrorCode.ERROR && flyway.getCause() == null) {
        lock.failIfFlywayIsBusy(database.schema(), database.table());
      }
      if (flyway.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
        return RefusalMessages.baselineRequired(real.contents(real.read()), null);
      }
    }
    return thrown;
  }

  private RuntimeException statementFailed(RuntimeException thrown, SQLException sql) {
    var failed = FailedStatement.of(thrown, sql, progress.current());
    var outcome = outcome(ErrorCategory.of(sql), failed.place() != null);
    if (outcome == null) {
      return thrown;
    }
    return new RunFailure(outcome, message(outcome, failed), failed.place(), thrown);
  }

  private static Outcome outcome(ErrorCategory trouble, boolean inScript) {
    return switch (trouble) {
      case LOCK_TIMEOUT -> Outcome.LOCK_TIMEOUT;
      case DEADLOCK -> Outcome.DEADLOCK;
      case CONNECTION -> Outcome.CONNECTION_LOST;
      case STATEMENT_TIMEOUT -> inScript ? Outcome.STATEMENT_TIMEOUT : null;
      case DENIED -> inScript ? Outcome.MIGRATION_FAILED : Outcome.ACCESS_DENIED;
      case RESOURCES, STATEMENT -> inScript ? Outcome.MIGRATION_FAILED : null;
    };
  }

  private String message(Outcome outcome, FailedStatement failed) {
    return failed.words() + left(outcome) + state + ". " + cure(outcome);
  }

  /** What is left of the script, up to where the database is. */
  private String left(Outcome outcome) {
    if (commitsByItself) {
      return outcome == Outcome.CONNECTION_LOST
          ? " The next attempt determines how far the script came. The database is at "
          : " By its history the database is still at ";
    }
    return outcome == Outcome.CONNECTION_LOST
        ? " The server rolls the script back; the database is at "
        : " The script was rolled back; the database is still at ";
  }

  private static String cure(Outcome outcome) {
    return switch (outcome) {
      case LOCK_TIMEOUT -> "The operator retries; find out which session holds the lock.";
      case DEADLOCK, CONNECTION_LOST -> "The operator retries.";
      case ACCESS_DENIED -> "Correct the user's rights; the operator retries.";
      case STATEMENT_TIMEOUT ->
          "The statement took longer than spec.job.limits.statement, or a limit of the server or"
              + " the user, allows; or it was cancelled. Raise the limit, or make the migration"
              + " quicker, and apply that; or set the annotation schemaversion.dev/retry.";
      default ->
          "Correct the migration and apply it, or set the annotation schemaversion.dev/retry.";
    };
  }
}
