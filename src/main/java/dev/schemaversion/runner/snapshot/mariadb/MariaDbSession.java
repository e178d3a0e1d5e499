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

/** A session that reads a catalog in the same way whatever server and database say. */
final class MariaDbSession {
  /** All that decides how the server writes SQL; time zone: constants of {@code TIMESTAMP}s. */
  private static final String SETTINGS =
      "SET SESSION sql_mode = '', sql_quote_show_create = 1, time_zone = '+00:00',"
          + " lock_wait_timeout = ";

  private static final String AS_IT_WAS =
      "SELECT @@SESSION.sql_mode, @@SESSION.sql_quote_show_create, @@SESSION.time_zone,"
          + " @@SESSION.lock_wait_timeout";

  /** Denied: a database, a table, a column, an operation, a routine. */
  private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143, 1227, 1370);

  /**
   * How it shows that an object went away, or is locked, while it was being read: no such file,
   * table, routine, trigger, event, sequence, or another kind of table; lock timeout, deadlock,
   * definition changed, skipped.
   */
  private static final Set<Integer> MOVED =
      Set.of(1017, 1051, 1146, 1305, 1360, 1539, 4091, 1347, 4089, 1205, 1213, 1412, 1615, 1684);

  /** A table whose parts, engine or files are missing, or that is crashed: it stays so. */
  private static final Set<Integer> BROKEN = Set.of(1033, 1168, 1194, 1195, 1286, 1932);

  private final Connection connection;
  private List<String> before = List.of();

  MariaDbSession(Connection connection) {
    this.connection = connection;
  }

  void begin(Duration lockTimeout) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(AS_IT_WAS)) {
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
   * All rows of a query. A warning means that something was skipped, silently: then it is read
   * again.
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
      throw told("the catalog", e);
    }
  }

  /** The first value of the first row. */
  String one(String sql) throws SQLException, InconsistentRead {
    return list(sql, row -> row.getString(1)).getFirst();
  }

  /** What {@code SHOW CREATE} says of one object. */
  SqlText created(String kind, String name) throws SQLException, InconsistentRead {
    var object = kind + " " + SqlText.quoted(name);
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SHOW CREATE " + object)) {
      var sql = row.next() ? row.getString(column(row.getMetaData())) : null;
      if (sql == null) {
        throw new CannotReadCatalog(
            "The database user may not read the definition of "
                + Quoting.line(object)
                + ": it needs SHOW CREATE ROUTINE on the database, or SELECT on mysql.proc where"
                + " that does not exist (on MySQL SHOW_ROUTINE on *.*), or to be its definer.",
            null);
      }
      return new SqlText(sql);
    } catch (SQLException e) {
      throw told(Quoting.line(object), e);
    }
  }

  /** Its name begins with {@code Create}, but for triggers. */
  private static int column(ResultSetMetaData row) throws SQLException {
    var column = 2;
    while (!row.getColumnLabel(column).matches("Create .*|SQL Original Statement")) {
      column++;
    }
    return column;
  }

  private static SQLException told(String what, SQLException e) throws InconsistentRead {
    if (DENIED.contains(e.getErrorCode())) {
      throw new CannotReadCatalog(
          "The database user may not read " + what + ": " + Quoting.line(e.getMessage()) + ".", e);
    }
    if (BROKEN.contains(e.getErrorCode())) {
      throw new CannotReadCatalog(
          "Nobody can read " + what + ": " + Quoting.line(e.getMessage()) + ".", e);
    }
    if (MOVED.contains(e.getErrorCode())) {
      throw new InconsistentRead(Quoting.line(e.getMessage()), e);
    }
    return e;
  }
}
