package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.contract.FailureBuilder;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.ImplicitCommit;
import dev.schemaversion.runner.engine.LeadingComments;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.report.StatementText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.sqlscript.SqlScript;

/** Reads a script before anything runs: it must be whole. */
public final class ScriptInspector {
  private static final Pattern PLACE = Pattern.compile(" at line ([0-9]{1,9}) col ");

  private ScriptInspector() {}

  /**
   * Reads each statement of one script.
   *
   * @throws RunFailure if it cannot be read
   */
  public static void inspect(String file, SqlScript script) {
    try {
      script.validate();
    } catch (FlywayException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Returns why a script may be half done when it fails; empty if it is rolled back as a whole.
   *
   * @see ImplicitCommit#reason
   */
  public static Optional<String> commitsByItself(ImplicitCommit engine, SqlScript script) {
    return engine.reason(
        statements(script).stream().map(Statement::bare).toList(), script.executeInTransaction());
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
      return LeadingComments.strip(sql);
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
            + ". Nothing was run. Correct the migration in spec.migrations and apply it.",
        FailureBuilder.builder().file(file).line(line).build(),
        e);
  }
}
