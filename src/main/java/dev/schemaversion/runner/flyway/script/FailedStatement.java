package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.contract.Report;
import dev.schemaversion.runner.engine.ErrorCategory;
import dev.schemaversion.runner.engine.SanitizedMessage;
import dev.schemaversion.runner.report.StatementText;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;

/**
 * A statement that the database refused.
 *
 * @param place where it stands, or null if it is no statement of a script
 * @param error what the server said
 */
public record FailedStatement(Report.Failure place, SQLException error) {
  /** The SQLState of a statement that cannot run in a transaction, and does. */
  private static final String IN_TRANSACTION = "25001";

  /**
   * Warnings that strict modes make errors, no data, wrong cardinality, values, constraints, and
   * what a script itself raises.
   */
  private static final List<String> ROW_CLASSES = List.of("01", "02", "21", "22", "23", "45", "P0");

  /**
   * Finds the place.
   *
   * @param current the script that ran, for an error that no statement of it has made
   */
  public static FailedStatement of(Throwable thrown, SQLException error, Optional<String> current) {
    var state = error.getSQLState();
    var script = find(thrown, FlywaySqlScriptException.class);
    if (script != null && script.getStatement() != null) {
      return new FailedStatement(
          new Report.Failure(
              name(script), script.getLineNumber(), script.getStatement().strip(), state),
          error);
    }
    // Deferred constraints speak up at the end only.
    return new FailedStatement(
        current.map(name -> new Report.Failure(name, 1, "COMMIT", state)).orElse(null), error);
  }

  /** A callback fails in a file of its own, whichever migration ran last. */
  private static String name(FlywaySqlScriptException script) {
    var path = script.getResource().getRelativePath();
    return path.isEmpty() ? "spec.migrations.flyway.initSql" : path;
  }

  /** File, line, what the server said and the statement, in a sentence. */
  public String words() {
    var what =
        SanitizedMessage.of(error)
            + (error.getSQLState() == null ? "" : " (SQLState " + error.getSQLState() + ")");
    var where = "";
    if (place != null) {
      where = place.file() + " line " + place.line() + ": ";
      what += ": " + StatementText.brief(place.statement());
    }
    return where + what + (what.endsWith("…") || what.endsWith(";") ? "" : ".") + configuration();
  }

  /** How a script whose statement cannot run in a transaction runs outside one. */
  private String configuration() {
    return place != null && IN_TRANSACTION.equals(place.sqlState())
        ? " To run the script outside a transaction, write executeInTransaction=false in "
            + place.file()
            + ".conf."
        : "";
  }

  /** That it was ended on the scratch server because of its limit, in a sentence; else nothing. */
  public String limit() {
    return ErrorCategory.of(error) == ErrorCategory.STATEMENT_TIMEOUT
        ? " It took longer there than spec.job.limits.statement, or it itself, allows."
        : "";
  }

  /** Whether it may have failed because a row was missing, or for the values of the rows. */
  public boolean mayDependOnRows() {
    var state = SanitizedMessage.state(error);
    return ROW_CLASSES.stream().anyMatch(state::startsWith);
  }

  /** The first of a chain of causes that is of this type, or null. */
  public static <T extends Throwable> T find(Throwable thrown, Class<T> type) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
