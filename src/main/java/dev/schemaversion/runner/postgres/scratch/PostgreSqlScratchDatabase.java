package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.contract.request.TlsMode;
import dev.schemaversion.runner.engine.Login;
import dev.schemaversion.runner.postgres.Quoted;
import dev.schemaversion.runner.scratch.ScratchDatabase;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import dev.schemaversion.runner.snapshot.postgres.PostgresCatalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A database on the PostgreSQL scratch server. */
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

  /** The name of the database. */
  String name() {
    return name;
  }

  /** The major version of its server and of the real one. */
  public int major() {
    return real.major();
  }

  /**
   * Returns a source of sessions like those of the migrating user: under the requested role, with a
   * short lock timeout, and no superuser unless the request permits it. {@link
   * ScratchUnavailable#isCauseOf} detects errors that the server itself caused.
   */
  @Override
  public DataSource migrating() {
    return new MigratingSessions(sessions, name, real);
  }

  /** The server trusts everyone in the pod, so any password will do. */
  @Override
  public Login login() {
    var address = sessions.address();
    return new Login(
        address.host(), address.port(), name, real.user().login(), "scratch", TlsMode.Disable);
  }

  /**
   * Opens a session of the superuser for reading; the caller closes it. A setting names the
   * migrating role, which owns what the migrations make.
   *
   * @throws ScratchUnavailable if the session cannot be opened
   */
  @Override
  public Connection admin() {
    try {
      var session = sessions.open(name, Sessions.SUPERUSER);
      try {
        Sessions.execute(
            session,
            "SET " + PostgresCatalog.MIGRATING_ROLE + " = " + Quoted.text(real.user().role()));
      } catch (SQLException e) {
        session.close();
        throw e;
      }
      return session;
    } catch (SQLException e) {
      throw ScratchUnavailable.died(e);
    }
  }

  /** Opens a session of the superuser that sends several statements as one query. */
  public Connection plain() throws SQLException {
    return sessions.plain(name);
  }

  /** Whether the request permits this role to be superuser here, as it is on the real server. */
  public boolean isSuperuser(String role) {
    return sessions.address().permitsSuperuser() && real.superusers().contains(role);
  }

  public RealDatabase real() {
    return real;
  }

  @Override
  public void close() {
    closing.accept(this);
  }
}
