package dev.schemaversion.runner.command;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.OtherSessions;
import dev.schemaversion.runner.engine.OtherSessions.Session;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.report.Log;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The sessions of a tool that died. The server goes on executing what the tool had sent, so what
 * the tool has done is known only after they have ended, or wait for a next statement, which cannot
 * come any more.
 */
final class AbandonedSessions {
  private static final long PAUSE_MILLIS = 200;

  private final OtherSessions sessions;
  private final Duration limit;
  private final BooleanSupplier stop;
  private final Log log;

  /**
   * The sessions of one run.
   *
   * @param limit for how long their end is awaited
   * @param stop whether the run is asked to stop
   */
  AbandonedSessions(OtherSessions sessions, Duration limit, BooleanSupplier stop, Log log) {
    this.sessions = sessions;
    this.limit = limit;
    this.stop = stop;
    this.log = log;
  }

  /** The ids of the sessions that exist before the tool starts, which are not the tool's. */
  Set<String> existing() throws SQLException {
    return sessions.list().stream().map(Session::id).collect(Collectors.toSet());
  }

  /**
   * Waits until each session that executes a statement now has ended it.
   *
   * @param others the ids of sessions that are not the tool's
   * @param what what was interrupted, as a sentence
   * @param outcome of the failure
   * @throws RunFailure if one still executes it after the limit
   */
  void await(Set<String> others, String what, Outcome outcome) throws SQLException {
    long start = System.nanoTime();
    var waiting =
        sessions.list().stream()
            .filter(session -> session.executes() && !others.contains(session.id()))
            .toList();
    if (!waiting.isEmpty()) {
      log.waiting("the server to execute what was sent before: " + names(waiting));
    }
    while (!waiting.isEmpty()) {
      if (stop.getAsBoolean() || System.nanoTime() - start > limit.toNanos()) {
        throw stillExecutes(waiting.getFirst(), what, outcome);
      }
      pause();
      var ids = waiting.stream().map(Session::id).collect(Collectors.toSet());
      waiting =
          sessions.list().stream()
              .filter(session -> session.executes() && ids.contains(session.id()))
              .toList();
    }
    log.waitsNoLonger();
  }

  private static String names(List<Session> sessions) {
    return sessions.stream().map(Session::description).collect(Collectors.joining("; "));
  }

  private static RunFailure stillExecutes(Session session, String what, Outcome outcome) {
    return new RunFailure(
        outcome,
        what
            + " The server still executes a statement of this user ("
            + session.description()
            + "), perhaps the one that the tool had sent. The operator retries when it has ended, and"
            + " proves the schema first. To end it, run "
            + session.ending()
            + ".");
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailure(
          Outcome.CONNECTION_LOST, "The run was interrupted. The operator retries.", null, e);
    }
  }
}
