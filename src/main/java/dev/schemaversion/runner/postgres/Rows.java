package dev.schemaversion.runner.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The rows of a query. */
final class Rows {
  interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  private Rows() {}

  static <T> List<T> of(Connection connection, String sql, Mapper<T> mapper) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (var rows = statement.executeQuery(sql)) {
        var all = new ArrayList<T>();
        while (rows.next()) {
          all.add(mapper.map(rows));
        }
        return all;
      }
    }
  }

  static List<String> names(Connection connection, String sql) throws SQLException {
    return of(connection, sql, row -> row.getString(1));
  }
}
