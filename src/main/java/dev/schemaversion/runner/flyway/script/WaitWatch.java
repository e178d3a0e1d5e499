package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.runner.engine.Blockers;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.report.Log;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * Watches a statement while it runs: if it takes longer, the log and the progress say for which
 * other sessions it waits.
 */
public final class WaitWatch implements AutoCloseable {
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration NEXT = Duration.ofSeconds(5);

  private final Blockers blockers;
  private final DataSource others;
  private final Log log;
  private final Thread thread;

  /**
   * Begins to watch.
   *
   * @param blockers of the session that executes the statement
   * @param others opens a session that only looks
   */
  public WaitWatch(Blockers blockers, DataSource others, Log log) {
    this.blockers = blockers;
    this.others = others;
    this.log = log;
    this.thread = Thread.ofVirtual().name("wait-watch").start(this::watch);
  }

  private void watch() {
    try {
      Thread.sleep(FIRST);
      // Each query commits itself: a concurrent index build would wait for a transaction of ours.
      try (var session = others.getConnection()) {
        List<String> before = List.of();
        while (true) {
          var now = blockers.describe(session);
          if (!now.isEmpty() && !now.equals(before)) {
            log.waiting("other sessions: " + String.join("; ", now));
          } else if (now.isEmpty()) {
            log.waitsNoLonger();
          }
          before = now;
          Thread.sleep(NEXT);
        }
      }
    } catch (InterruptedException e) {
      // the statement has ended
    } catch (SQLException | RunFailure e) {
      // An interrupt while it reads closes the session.
      if (!Thread.currentThread().isInterrupted()) {
        log.line("for which sessions the statement waits cannot be read");
      }
    }
  }

  /** Ends the watch; the statement has ended. */
  @Override
  public void close() {
    thread.interrupt();
    log.waitsNoLonger();
  }
}
