package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.engine.SanitizedMessages;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Waits for the scratch server, and gives its superuser a name and a database of its own: on the
 * real server {@code postgres} is a role like others, and must not be superuser here.
 */
final class ScratchRoleSetup {
  private static final String INITIAL = "postgres";
  private static final String HELPING = "schemaversion_takeover";
  private static final long PAUSE_MILLIS = 100;

  private final Sessions sessions;

  ScratchRoleSetup(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Comes back when the server is ours. */
  void await(Duration patience) {
    var end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        takeOver();
        return;
      } catch (SQLException e) {
        if (!ScratchUnavailable.isBehind(e) || System.nanoTime() - end > 0) {
          throw unavailable(e, patience);
        }
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw unavailable(e, patience);
      }
    }
  }

  private ScratchUnavailable unavailable(Exception e, Duration patience) {
    return new ScratchUnavailable(
        "The scratch server at "
            + sessions.address().host()
            + ":"
            + sessions.address().port()
            + " cannot be used, after "
            + patience.toSeconds()
            + " s: "
            + SanitizedMessages.of(e)
            + ". It is tried again; look at the log of the pod's container “scratch”.",
        e);
  }

  private void takeOver() throws SQLException {
    try {
      sessions.open(Sessions.SUPERUSER, Sessions.SUPERUSER).close();
      return;
    } catch (SQLException e) {
      // no such role, no such database: it is not ours yet
      if (!"28000".equals(e.getSQLState()) && !"3D000".equals(e.getSQLState())) {
        throw e;
      }
    }
    if (hasInitialName()) {
      rename();
    }
    try (var own = sessions.open(INITIAL, Sessions.SUPERUSER)) {
      Sessions.execute(own, "DROP ROLE IF EXISTS " + HELPING);
      Sessions.execute(own, "CREATE DATABASE " + Sessions.SUPERUSER);
    }
  }

  private boolean hasInitialName() throws SQLException {
    try (var initial = sessions.open(INITIAL, INITIAL)) {
      failUnlessNew(initial);
      Sessions.execute(initial, "DROP ROLE IF EXISTS " + HELPING);
      Sessions.execute(initial, "CREATE ROLE " + HELPING + " SUPERUSER LOGIN");
      return true;
    } catch (SQLException e) {
      if ("28000".equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  /** Everything on a scratch server is thrown away; so it had better be one. */
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
                .formatted(INITIAL, HELPING));
    if (!foreign.isEmpty()) {
      throw new ScratchUnavailable(
          "The server at "
              + sessions.address().host()
              + ":"
              + sessions.address().port()
              + " is no scratch server: it has "
              + foreign.getFirst()
              + ". Nothing was done there.",
          null);
    }
  }

  /** Nobody can rename himself. */
  private void rename() throws SQLException {
    try (var helping = sessions.open(INITIAL, HELPING)) {
      Sessions.execute(helping, "ALTER ROLE " + INITIAL + " RENAME TO " + Sessions.SUPERUSER);
    }
  }
}
