package dev.schemaversion.runner;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.RunFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.sqlscript.SqlStatement;

/**
 * Reads a script before anything runs: it must be whole, and have nothing in it that the engine
 * objects to.
 */
final class Inspection {
  private static final Pattern LEADING_COMMENTS =
      Pattern.compile("\\A(?:\\s+|--[^\\n]*(?:\\n|\\z)|/\\*.*?\\*/)+", Pattern.DOTALL);

  private static final Pattern PLACE = Pattern.compile(" at line ([0-9]{1,9}) col ");

  private Inspection() {}

  /**
   * Looks through one script.
   *
   * @throws RunFailure if it cannot be read, or has what the engine objects to
   */
  static void inspect(Engine engine, String file, SqlScript script) {
    try (var statements = script.getSqlStatements()) {
      for (var next = statements.next(); next != null; next = statements.next()) {
        check(engine, file, next);
      }
    } catch (FlywayException e) {
      throw unreadable(file, e);
    }
  }

  /** The statements of a script that was inspected, without the comments before them. */
  static List<String> statements(SqlScript script) {
    var texts = new ArrayList<String>();
    try (var statements = script.getSqlStatements()) {
      for (var next = statements.next(); next != null; next = statements.next()) {
        texts.add(LEADING_COMMENTS.matcher(next.getSql()).replaceFirst(""));
      }
    }
    return texts;
  }

  private static RunFailure unreadable(String file, FlywayException e) {
    // Flyway tells the place in its message only.
    var place = PLACE.matcher(String.valueOf(e.getMessage()));
    int line = place.find() ? Integer.parseInt(place.group(1)) : 1;
    Throwable why = e;
    while (why.getCause() != null) {
      why = why.getCause();
    }
    return new RunFailure(
        Outcome.MIGRATION_FAILED,
        file
            + " line "
            + line
            + " cannot be read as SQL: "
            + Statements.brief(String.valueOf(why.getMessage()))
            + ". Nothing was run. Correct the migration and apply it.",
        new Report.Failure(file, line, null, null),
        e);
  }

  private static void check(Engine engine, String file, SqlStatement statement) {
    var sql = LEADING_COMMENTS.matcher(statement.getSql()).replaceFirst("");
    var objection = engine.objection(statement, sql);
    if (objection.isPresent()) {
      throw new RunFailure(
          Outcome.NON_TRANSACTIONAL_MIGRATION,
          file
              + " line "
              + statement.getLineNumber()
              + " "
              + objection.get().what()
              + ": "
              + Statements.brief(statement.getSql())
              + ". "
              + objection.get().why()
              + " Nothing was run. Correct the migration and apply it.",
          new Report.Failure(file, statement.getLineNumber(), statement.getSql().strip(), null),
          null);
    }
  }
}
