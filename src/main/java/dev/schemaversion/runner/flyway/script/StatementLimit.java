package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.runner.engine.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Has the server end a statement of a script that takes longer than it may, where the server does
 * not know the limit: on the scratch server, and on MySQL.
 */
public final class StatementLimit extends StatementCallback {
  private final Engine engine;
  private final int seconds;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("statement-limit").daemon().factory());
  private Future<?> running;

  public StatementLimit(Engine engine, int seconds) {
    this.engine = engine;
    this.seconds = seconds;
  }

  @Override
  public synchronized void handle(Event event, Context context) {
    if (running != null) {
      running.cancel(false);
      running = null;
    }
    if (event == Event.BEFORE_EACH_MIGRATE_STATEMENT) {
      var session = context.getConnection();
      running = clock.schedule(() -> end(session), seconds, TimeUnit.SECONDS);
    }
  }

  /** Under the same lock: the next statement does not begin, and is not ended in its stead. */
  private synchronized void end(Connection session) {
    if (running != null) {
      try {
        engine.cancel(session);
      } catch (SQLException e) {
        // It has just lost its connection, or ended.
        running = clock.schedule(() -> end(session), 1, TimeUnit.SECONDS);
      }
    }
  }
}
