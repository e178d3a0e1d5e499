package dev.schemaversion.runner.postgres.impact;

import dev.schemaversion.runner.engine.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * What a session holds at a moment.
 *
 * @param locks the strongest lock on each table that its transaction has, by the table's OID
 * @param unlimited whether it would wait for locks without limit
 */
record SessionState(Map<Long, LockMode> locks, boolean unlimited) {
  static final SessionState NOTHING = new SessionState(Map.of(), false);

  private static final String QUERY =
      """
      SELECT l.relation::pg_catalog.int8, l.mode, c.relname,
             pg_catalog.current_setting('lock_timeout')
      FROM pg_catalog.pg_locks l
      LEFT JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) l.relation
      WHERE l.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()
        AND l.locktype OPERATOR(pg_catalog.=) 'relation' AND l.granted
      """;

  /** Reads it in that session, and tells the tables what they are called by now. */
  static SessionState read(Connection session, KnownTables tables) throws SQLException {
    var locks = new HashMap<Long, LockMode>();
    var timeouts =
        Rows.of(
            session,
            QUERY,
            row -> {
              long oid = row.getLong(1);
              if (tables.get(oid) != null) {
                tables.rename(oid, row.getString(3));
                LockMode.of(row.getString(2))
                    .ifPresent(
                        mode ->
                            locks.merge(
                                oid, mode, (one, two) -> one.compareTo(two) > 0 ? one : two));
              }
              return row.getString(4);
            });
    return new SessionState(locks, timeouts.contains("0"));
  }

  /** Whether it has a lock that it did not have before, or a stronger one. */
  boolean isNew(long oid, SessionState before) {
    var earlier = before.locks.get(oid);
    return earlier == null || locks.get(oid).compareTo(earlier) > 0;
  }
}
