package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.runner.scratch.ScratchDatabase;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A database on the scratch server. */
public final class PostgreSqlScratchDatabase implements ScratchDatabase {
  private final Sessions sessions;
  private final String name;
  private final RealDatabase real;
  private final Consumer<PostgreSqlScratchDatabase> closing;

  PostgreSqlScratchDatabase(
      Sessions sessions,
      String name,
      RealDatabase real,
      Consumer<PostgreSqlScratchDatabase> closing) {
    this.sessions = sessions;
    this.name = name;
    this.real = real;
    this.closing = closing;
  }

  /** What the database is called. */
  String name() {
    return name;
  }

  /** The major version of its server, and of the real one. */
  public int major() {
    return real.major();
  }

  /**
   * Sessions like those of the migrating user: under the wanted role, not willing to wait long for
   * a lock, and never superuser. Whether one failed because the server died tells {@link
   * ScratchUnavailable#isBehind}.
   */
  @Override
  public DataSource migrating() {
    return new MigratingSessions(sessions, name, real);
  }

  /**
   * A session of the superuser, for looking; it is the caller's to close.
   *
   * @throws ScratchUnavailable if there is none to be had
   */
  @Override
  public Connection admin() {
    try {
      return sessions.open(name, Sessions.SUPERUSER);
    } catch (SQLException e) {
      throw ScratchUnavailable.died(e);
    }
  }

  /** A session of the superuser that runs what it is given in one piece. */
  public Connection plain() throws SQLException {
    return sessions.plain(name);
  }

  public RealDatabase real() {
    return real;
  }

  @Override
  public void close() {
    closing.accept(this);
  }
}
