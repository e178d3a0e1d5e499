package dev.schemaversion.runner.postgres;

import dev.schemaversion.runner.engine.Locks;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The advisory locks of a session. */
final class PostgreSqlLocks implements Locks {
  /** "schemav" in ASCII; advisory locks are local to a database. */
  private static final long KEY = 0x73_63_68_65_6d_61_76L;

  /** The base of Flyway's own key; every Flyway acquires that lock for each migration. */
  private static final long FLYWAY_KEY = 77_431_708_279_161L;

  private static final String HOLDER =
      """
      SELECT coalesce(nullif(a.application_name, ''), 'process ' || l.pid)
      FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (l.classid::bigint << 32) | l.objid::bigint = ?
      """;

  private final Connection session;

  PostgreSqlLocks(Connection session) {
    this.session = session;
  }

  @Override
  public boolean take() throws SQLException {
    try (var statement = session.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
      statement.setLong(1, KEY);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  @Override
  public String holder() throws SQLException {
    return holder(KEY).orElse("");
  }

  @Override
  public Optional<String> flyway(String schema, String table) throws SQLException {
    int discriminator = (Quoted.name(schema) + "." + Quoted.name(table)).hashCode();
    return holder(FLYWAY_KEY + discriminator);
  }

  private Optional<String> holder(long key) throws SQLException {
    try (var statement = session.prepareStatement(HOLDER)) {
      statement.setLong(1, key);
      try (var row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }
}
