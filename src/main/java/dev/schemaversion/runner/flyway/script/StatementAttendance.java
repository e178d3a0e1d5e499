package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.LeadingComments;
import dev.schemaversion.runner.report.Log;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Has the engine prepare statements that wait for other sessions, and watches all statements. */
public final class StatementAttendance extends StatementCallback {
  private final Engine engine;
  private final DataSource others;
  private final Log log;
  private Optional<Engine.Attendance> attendance = Optional.empty();
  private WaitWatch watch;

  /**
   * Attends the statements of one Flyway run.
   *
   * @param others opens sessions for looking at the one that waits
   */
  public StatementAttendance(Engine engine, DataSource others, Log log) {
    this.engine = engine;
    this.others = others;
    this.log = log;
  }

  @Override
  public void handle(Event event, Context context) {
    end();
    if (event == Event.BEFORE_EACH_MIGRATE_STATEMENT) {
      var session = context.getConnection();
      try {
        attendance = engine.attend(session, LeadingComments.strip(context.getStatement().getSql()));
        watch = new WaitWatch(engine.blockers(session), others, log);
      } catch (SQLException e) {
        // The session is lost, which the statement itself reports.
      }
    }
  }

  private void end() {
    if (watch != null) {
      watch.close();
      watch = null;
    }
    attendance.ifPresent(Engine.Attendance::close);
    attendance = Optional.empty();
  }
}
