package dev.schemaversion.runner.mariadb.scratch;

import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.engine.SanitizedMessages;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Waits until a scratch server answers, and marks it. Everything on a scratch server is dropped, so
 * a server without the mark must be empty.
 */
final class ScratchStart {
  /** The database that marks the server as a scratch server. */
  private static final String MARK = "schemaversion_scratch";

  /** Lists the databases that are neither the server's own nor the mark. */
  static final String FOREIGN =
      """
      SELECT schema_name FROM information_schema.schemata WHERE LOWER(schema_name) NOT IN
        ('information_schema', 'performance_schema', 'mysql', 'sys', 'test', '%s')
      """
          .formatted(MARK);

  /** The server starts beside the runner; creating its files takes seconds. */
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private static final long PAUSE_MILLIS = 100;

  private final RequestedScratch address;

  ScratchStart(RequestedScratch address) {
    this.address = address;
  }

  /**
   * Waits until the server answers.
   *
   * @throws ScratchUnavailable if the server does not answer before the timeout, or is not a
   *     scratch server
   */
  void await() {
    var root = new ScratchSessions(address, MariaDbScratch.ROOT, null, List.of());
    var end = System.nanoTime() + START_TIMEOUT.toNanos();
    while (true) {
      try (var session = root.getConnection()) {
        mark(session);
        return;
      } catch (SQLException e) {
        if (!ScratchUnavailable.isCauseOf(e) || System.nanoTime() - end > 0) {
          throw unavailable(SanitizedMessages.of(e), e);
        }
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw unavailable("interrupted", e);
      }
    }
  }

  private void mark(Connection root) throws SQLException {
    if (Rows.names(root, "SHOW DATABASES LIKE '" + MARK + "'").isEmpty()) {
      var foreign = Rows.names(root, FOREIGN);
      if (!foreign.isEmpty()) {
        throw unavailable(
            "it is not a scratch server, because it contains the database " + foreign.getFirst(),
            null);
      }
      ScratchSessions.execute(root, List.of("CREATE DATABASE " + MARK));
    }
  }

  private ScratchUnavailable unavailable(String why, Exception e) {
    return new ScratchUnavailable(
        "The scratch server at "
            + address.host()
            + ":"
            + address.port()
            + " cannot be used: "
            + why
            + ". The operator retries; if the error persists, read the log of the pod's"
            + " container “scratch”, or name another image in spec.proof.scratch.image.",
        e);
  }
}
