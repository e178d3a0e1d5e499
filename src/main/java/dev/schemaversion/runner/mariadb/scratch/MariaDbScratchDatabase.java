package dev.schemaversion.runner.mariadb.scratch;

import dev.schemaversion.runner.engine.Login;
import dev.schemaversion.runner.mariadb.Quoted;
import dev.schemaversion.runner.scratch.ScratchDatabase;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** A database on the MariaDB or MySQL scratch server. */
final class MariaDbScratchDatabase implements ScratchDatabase {
  private final ScratchSessions root;
  private final ScratchSessions migrating;
  private final String name;
  private final Supplier<Login> login;

  MariaDbScratchDatabase(
      ScratchSessions root, ScratchSessions migrating, String name, Supplier<Login> login) {
    this.root = root;
    this.migrating = migrating;
    this.name = name;
    this.login = login;
  }

  @Override
  public Login login() {
    return login.get();
  }

  @Override
  public DataSource migrating() {
    return migrating;
  }

  @Override
  public Connection admin() {
    return root.openForReading();
  }

  @Override
  public void close() {
    try (var own = root.getConnection()) {
      ScratchSessions.execute(own, List.of("DROP DATABASE IF EXISTS " + Quoted.name(name)));
    } catch (SQLException e) {
      // a stopped server has nothing to drop, and the next workspace drops what is left
      if (!ScratchUnavailable.isCauseOf(e) && e.getErrorCode() != UNKNOWN_DATABASE) {
        throw new IllegalStateException("The database on the scratch server cannot be dropped", e);
      }
    }
  }

  private static final int UNKNOWN_DATABASE = 1049;
}
