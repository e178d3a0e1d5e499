package dev.schemaversion.runner.snapshot.mariadb;

import dev.schemaversion.runner.snapshot.CannotReadCatalog;
import dev.schemaversion.runner.snapshot.InconsistentRead;
import dev.schemaversion.runner.snapshot.Quoting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A session that reads the catalog independently of the settings of server and database. */
final class MariaDbSession {
  /**
   * All settings that affect the SQL that the server writes; the time zone affects {@code
   * TIMESTAMP} constants.
   */
  private static final String SETTINGS =
      "SET SESSION sql_mode = '', sql_quote_show_create = 1, time_zone = '+00:00',"
          + " lock_wait_timeout = ";

  private static final String CURRENT_SETTINGS =
      "SELECT @@SESSION.sql_mode, @@SESSION.sql_quote_show_create, @@SESSION.time_zone,"
          + " @@SESSION.lock_wait_timeout";

  /** Errors for a missing right on a database, a table, a column, an operation, a routine. */
  private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143, 1227, 1370);

  /**
   * The errors of a read during which an object was dropped or locked: no such file, table,
   * routine, trigger, event, sequence, or another kind of table; lock timeout, deadlock, definition
   * changed, skipped.
   */
  private static final Set<Integer> CONCURRENT_CHANGE =
      Set.of(1017, 1051, 1146, 1305, 1360, 1539, 4091, 1347, 4089, 1205, 1213, 1412, 1615, 1684);

  /**
   * Errors of a broken table, whose parts, engine or files are missing or which is crashed; a retry
   * does not help.
   */
  private static final Set<Integer> BROKEN = Set.of(1033, 1168, 1194, 1195, 1286, 1932);

  private final Connection connection;
  private List<String> before = List.of();

  MariaDbSession(Connection connection) {
    this.connection = connection;
  }

  void begin(Duration lockTimeout) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(CURRENT_SETTINGS)) {
      row.next();
      before = List.of(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
    }
    try (var statement = connection.createStatement()) {
      statement.execute(SETTINGS + Math.ceilDiv(lockTimeout.toMillis(), 1000));
    }
  }

  void end() throws SQLException {
    if (before.isEmpty()) {
      return;
    }
    var sql =
        "SET SESSION sql_mode = ?, sql_quote_show_create = ?, time_zone = ?, lock_wait_timeout = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, before.get(0));
      statement.setInt(2, Integer.parseInt(before.get(1)));
      statement.setString(3, before.get(2));
      statement.setLong(4, Long.parseLong(before.get(3)));
      statement.execute();
    }
  }

  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * Returns all rows of a query. A warning means that the server skipped an object, so the caller
   * has to read again.
   */
  <T> List<T> list(String sql, Row<T> each) throws SQLException, InconsistentRead {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var list = new ArrayList<T>();
      while (rows.next()) {
        list.add(each.read(rows));
      }
      var warning = statement.getWarnings();
      if (warning != null) {
        throw new InconsistentRead(Quoting.line(warning.getMessage()), warning);
      }
      return list;
    } catch (SQLException e) {
      throw explain("the catalog", e);
    }
  }

  /** Returns the first value of the first row. */
  String one(String sql) throws SQLException, InconsistentRead {
    return list(sql, row -> row.getString(1)).getFirst();
  }

  /** Returns the output of {@code SHOW CREATE} for one object. */
  SqlText created(String kind, String name) throws SQLException, InconsistentRead {
    var object = kind + " " + SqlText.quoted(name);
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SHOW CREATE " + object)) {
      var sql = row.next() ? row.getString(column(row.getMetaData())) : null;
      if (sql == null) {
        throw new CannotReadCatalog(
            "The database user lacks the right to read the definition of "
                + Quoting.line(object)
                + ". GRANT SHOW CREATE ROUTINE on the database to the user; where that right"
                + " does not exist, GRANT SELECT on mysql.proc (MariaDB) or SHOW_ROUTINE on *.*"
                + " (MySQL).",
            null);
      }
      return new SqlText(sql);
    } catch (SQLException e) {
      throw explain(Quoting.line(object), e);
    }
  }

  /**
   * Returns the index of the SQL column, whose label begins with {@code Create} except for
   * triggers.
   */
  private static int column(ResultSetMetaData row) throws SQLException {
    var column = 2;
    while (!row.getColumnLabel(column).matches("Create .*|SQL Original Statement")) {
      column++;
    }
    return column;
  }

  private static SQLException explain(String what, SQLException e) throws InconsistentRead {
    if (DENIED.contains(e.getErrorCode())) {
      throw new CannotReadCatalog(
          "The database user lacks the right to read "
              + what
              + ": "
              + Quoting.line(e.getMessage())
              + ".",
          e);
    }
    if (BROKEN.contains(e.getErrorCode())) {
      throw new CannotReadCatalog(
          "The server cannot read " + what + ": " + Quoting.line(e.getMessage()) + ".", e);
    }
    if (CONCURRENT_CHANGE.contains(e.getErrorCode())) {
      throw new InconsistentRead(Quoting.line(e.getMessage()), e);
    }
    return e;
  }
}
