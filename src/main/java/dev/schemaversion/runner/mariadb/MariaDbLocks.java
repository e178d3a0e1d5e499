package dev.schemaversion.runner.mariadb;

import dev.schemaversion.contract.Sha256;
import dev.schemaversion.runner.engine.Locks;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The named locks of a session. Their names are server-wide, not local to a database. */
final class MariaDbLocks implements Locks {
  /** Keeps the name within MySQL's limit of 64 characters. */
  private static final int DIGITS = 40;

  private final Connection session;

  MariaDbLocks(Connection session) {
    this.session = session;
  }

  @Override
  public boolean take() throws SQLException {
    try (var statement = session.prepareStatement("SELECT GET_LOCK(?, 0)")) {
      statement.setString(1, name());
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getInt(1) == 1;
      }
    }
  }

  @Override
  public String holder() throws SQLException {
    return holder(name()).orElse("");
  }

  @Override
  public Optional<String> flyway(String schema, String table) throws SQLException {
    var name = Quoted.name(schema) + "." + Quoted.name(table);
    return holder("Flyway-" + name.hashCode());
  }

  private String name() throws SQLException {
    return "schemaversion/" + Sha256.of(session.getCatalog()).substring(0, DIGITS);
  }

  /**
   * Returns only the session's number if the user lacks the right to see sessions of other users.
   */
  private Optional<String> holder(String name) throws SQLException {
    var sql =
        """
        SELECT l.id, p.user, p.host, l.id = CONNECTION_ID() FROM (SELECT IS_USED_LOCK(?) AS id) l
        LEFT JOIN information_schema.processlist p ON p.id = l.id WHERE l.id IS NOT NULL
        """;
    try (var statement = session.prepareStatement(sql)) {
      statement.setString(1, name);
      try (var row = statement.executeQuery()) {
        if (!row.next() || row.getBoolean(4)) {
          return Optional.empty();
        }
        return Optional.of(
            "session "
                + row.getString(1)
                + (row.getString(2) == null
                    ? ""
                    : " of " + row.getString(2) + " from " + row.getString(3)));
      }
    }
  }
}
