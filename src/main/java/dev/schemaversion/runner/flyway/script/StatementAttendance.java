package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.LeadingComments;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Has the engine attend the statements that wait for other sessions. */
public final class StatementAttendance extends StatementCallback {
  private final Engine engine;
  private final DataSource others;
  private final Consumer<String> log;
  private Optional<Engine.Attendance> current = Optional.empty();

  /**
   * Attends the statements of one Flyway run.
   *
   * @param others opens sessions for looking at the one that waits
   */
  public StatementAttendance(Engine engine, DataSource others, Consumer<String> log) {
    this.engine = engine;
    this.others = others;
    this.log = log;
  }

  @Override
  public void handle(Event event, Context context) {
    current.ifPresent(Engine.Attendance::close);
    current = Optional.empty();
    if (event == Event.BEFORE_EACH_MIGRATE_STATEMENT) {
      var sql = LeadingComments.strip(context.getStatement().getSql());
      try {
        current = engine.attend(context.getConnection(), sql, others, log);
      } catch (SQLException e) {
        // The session is lost, which the statement itself reports.
      }
    }
  }
}
