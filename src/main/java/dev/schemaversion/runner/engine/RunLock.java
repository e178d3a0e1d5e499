package dev.schemaversion.runner.engine;

import dev.schemaversion.contract.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Holds a database for one runner at a time. The lock belongs to a session of its own that never
 * has a transaction open: an idle transaction would block {@code CREATE INDEX CONCURRENTLY} for
 * ever. It ends with the session, so a runner that dies leaves nothing behind.
 */
public final class RunLock implements AutoCloseable {
  /** The server ends sessions that show no sign of life, and the lock with them. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(60);

  private final Connection session;
  private final Locks locks;
  private final Thread alive;

  private RunLock(Connection session, Locks locks) {
    this.session = session;
    this.locks = locks;
    this.alive = Thread.ofVirtual().name("sign-of-life").start(this::showLife);
  }

  private void showLife() {
    try {
      while (true) {
        Thread.sleep(SIGN_OF_LIFE);
        verify();
      }
    } catch (InterruptedException | RunFailure e) {
      // closed, or broken, which is asked for before each migration
    }
  }

  /**
   * Takes the lock.
   *
   * @param locks those of this session
   * @throws RunFailure {@link Outcome#LOCK_BUSY} if another runner has it
   */
  public static RunLock take(Connection session, Locks locks) throws SQLException {
    if (locks.take()) {
      return new RunLock(session, locks);
    }
    throw new RunFailure(
        Outcome.LOCK_BUSY,
        "Another runner ("
            + locks.holder()
            + ") works on this database. The operator retries when it has ended.");
  }

  /** Asks whether the session still lives, and with it the lock. */
  public void verify() {
    try (var statement = session.createStatement()) {
      statement.execute("SELECT 1");
    } catch (SQLException e) {
      throw new RunFailure(
          Outcome.CONNECTION_LOST,
          "The session that held the run lock broke: "
              + SanitizedMessage.of(e)
              + ". No migration was running; the next attempt goes on from here.",
          null,
          e);
    }
  }

  /**
   * Refuses to run while another Flyway, such as its command line, holds its lock on this history.
   */
  public void failIfFlywayIsBusy(String schema, String table) throws SQLException {
    var holder = locks.flyway(schema, table);
    if (holder.isPresent()) {
      throw new RunFailure(
          Outcome.LOCK_BUSY,
          "Another Flyway ("
              + holder.get()
              + ") works on this database. The operator retries when it has ended.");
    }
  }

  /** Ends the lock together with its session. */
  @Override
  public void close() {
    alive.interrupt();
    try {
      session.close();
    } catch (SQLException e) {
      // The server ends the lock with the session, and the session is gone.
    }
  }
}
