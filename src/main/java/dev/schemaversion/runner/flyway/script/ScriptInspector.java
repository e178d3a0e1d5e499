package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.contract.FailureBuilder;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.report.StatementText;
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
public final class ScriptInspector {
  private static final Pattern LEADING_COMMENTS =
      Pattern.compile("\\A(?:\\s+|--[^\\n]*(?:\\n|\\z)|/\\*.*?\\*/)+", Pattern.DOTALL);

  private static final Pattern PLACE = Pattern.compile(" at line ([0-9]{1,9}) col ");

  private ScriptInspector() {}

  /**
   * Checks each statement of one script.
   *
   * @throws RunFailure if it cannot be read, or has what the engine objects to
   */
  public static void inspect(Engine engine, String file, SqlScript script) {
    try (var statements = script.getSqlStatements()) {
      for (var next = statements.next(); next != null; next = statements.next()) {
        check(engine, file, next);
      }
    } catch (FlywayException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * A statement.
   *
   * @param line where it begins
   * @param sql as it stands in the script
   */
  public record Statement(int line, String sql) {
    /** Without the comments before it. */
    public String bare() {
      return withoutComments(sql);
    }
  }

  /** The statements of a script that can be read. */
  public static List<Statement> statements(SqlScript script) {
    var all = new ArrayList<Statement>();
    try (var statements = script.getSqlStatements()) {
      for (var next = statements.next(); next != null; next = statements.next()) {
        all.add(new Statement(next.getLineNumber(), next.getSql()));
      }
    }
    return all;
  }

  private static String withoutComments(String sql) {
    return LEADING_COMMENTS.matcher(sql).replaceFirst("");
  }

  private static RunFailure unreadable(String file, FlywayException e) {
    // Flyway gives the place in its message only.
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
            + StatementText.brief(String.valueOf(why.getMessage()))
            + ". Nothing was run. Correct the migration and apply it.",
        FailureBuilder.builder().file(file).line(line).build(),
        e);
  }

  private static void check(Engine engine, String file, SqlStatement statement) {
    var objection =
        engine.objection(withoutComments(statement.getSql()), statement.canExecuteInTransaction());
    if (objection.isPresent()) {
      throw new RunFailure(
          Outcome.NON_TRANSACTIONAL_MIGRATION,
          file
              + " line "
              + statement.getLineNumber()
              + " "
              + objection.get().what()
              + ": "
              + StatementText.brief(statement.getSql())
              + ". "
              + objection.get().why()
              + " Nothing was run. Correct the migration and apply it.",
          new Report.Failure(file, statement.getLineNumber(), statement.getSql().strip(), null),
          null);
    }
  }
}
