package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.engine.SanitizedMessages;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Waits for the scratch server, and renames its superuser: {@code postgres} may be an ordinary role
 * of the real server and must not be superuser on the scratch server.
 */
final class ScratchRoleSetup {
  private static final String INITIAL = "postgres";
  private static final String HELPER = "schemaversion_takeover";
  private static final long PAUSE_MILLIS = 100;

  private final Sessions sessions;

  ScratchRoleSetup(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Waits until the server answers and the superuser is renamed. */
  void await(Duration timeout) {
    var deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      try {
        setUp();
        return;
      } catch (SQLException e) {
        if (!ScratchUnavailable.isCauseOf(e) || System.nanoTime() - deadline > 0) {
          throw unavailable(e, timeout);
        }
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw unavailable(e, timeout);
      }
    }
  }

  private ScratchUnavailable unavailable(Exception e, Duration timeout) {
    return new ScratchUnavailable(
        "The scratch server at "
            + sessions.address().host()
            + ":"
            + sessions.address().port()
            + " cannot be used after "
            + timeout.toSeconds()
            + " s: "
            + SanitizedMessages.of(e)
            + ". The operator retries; if the error persists, read the log of the pod's"
            + " container “scratch”, or name another image in spec.proof.scratch.image.",
        e);
  }

  private void setUp() throws SQLException {
    try {
      sessions.open(Sessions.SUPERUSER, Sessions.SUPERUSER).close();
      return;
    } catch (SQLException e) {
      // no such role, no such database: the server is not set up yet
      if (!isNoSuchRole(e) && !"3D000".equals(e.getSQLState())) {
        throw e;
      }
    }
    if (hasInitialName()) {
      rename();
    }
    try (var own = sessions.open(INITIAL, Sessions.SUPERUSER)) {
      Sessions.execute(own, "DROP ROLE IF EXISTS " + HELPER);
      Sessions.execute(own, "CREATE DATABASE " + Sessions.SUPERUSER);
    }
  }

  private boolean hasInitialName() throws SQLException {
    try (var initial = sessions.open(INITIAL, INITIAL)) {
      failUnlessNew(initial);
      Sessions.execute(initial, "DROP ROLE IF EXISTS " + HELPER);
      Sessions.execute(
          initial, "CREATE ROLE " + HELPER + " SUPERUSER LOGIN" + sessions.withPassword());
      return true;
    } catch (SQLException e) {
      if (isNoSuchRole(e)) {
        return false;
      }
      throw e;
    }
  }

  /** A server that requires passwords says only that the password is wrong. */
  private static boolean isNoSuchRole(SQLException e) {
    return "28000".equals(e.getSQLState()) || "28P01".equals(e.getSQLState());
  }

  /** Fails unless the server is new, because everything on a scratch server is dropped. */
  private void failUnlessNew(Connection initial) throws SQLException {
    var foreign =
        Rows.names(
            initial,
            """
            SELECT 'database ' || datname FROM pg_database
            WHERE datname NOT IN ('template0', 'template1', '%1$s')
            UNION ALL SELECT 'role ' || rolname FROM pg_roles
            WHERE rolname !~ '^pg_' AND rolname NOT IN ('%1$s', '%2$s')
            """
                .formatted(INITIAL, HELPER));
    if (!foreign.isEmpty()) {
      throw new ScratchUnavailable(
          "The server at "
              + sessions.address().host()
              + ":"
              + sessions.address().port()
              + " is not a scratch server: it contains the "
              + foreign.getFirst()
              + ". Nothing was changed there. Set spec.proof.scratch.image to an image that has none.",
          null);
    }
  }

  /** Renames the superuser from a second superuser, because a role cannot rename itself. */
  private void rename() throws SQLException {
    try (var helper = sessions.open(INITIAL, HELPER)) {
      Sessions.execute(helper, "ALTER ROLE " + INITIAL + " RENAME TO " + Sessions.SUPERUSER);
    }
  }
}
