package dev.schemaversion.runner.snapshot;

import dev.schemaversion.runner.snapshot.mariadb.MariaDbCatalog;
import dev.schemaversion.runner.snapshot.postgres.PostgresCatalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** How one engine tells what is in a database, over a connection that nobody else uses. */
public interface Catalog {
  String POSTGRESQL = "PostgreSQL";

  /** That of the server at the other end. */
  static Catalog of(Connection connection, Scope scope) throws SQLException {
    var engine = connection.getMetaData().getDatabaseProductName();
    return switch (engine) {
      case POSTGRESQL -> new PostgresCatalog(connection, scope);
      case "MariaDB", "MySQL" -> new MariaDbCatalog(connection);
      default -> throw new IllegalArgumentException("no snapshots of " + engine);
    };
  }

  /** Settles how the session reads. */
  void begin(Duration lockTimeout) throws SQLException;

  /** One reading, sorted, so that two can be compared. */
  List<Line> lines() throws SQLException, InconsistentRead;

  /** What is only told, sorted. What has just gone is left out. */
  List<String> notes() throws SQLException, InconsistentRead;

  /** Makes the session what it was before. */
  void end() throws SQLException;
}
