package dev.schemaversion.runner.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Runs queries and maps their rows. */
public final class Rows {
  /** Maps a row to a value. */
  public interface Mapper<T> {
    /** Returns the value of the row. */
    T map(ResultSet row) throws SQLException;
  }

  private Rows() {}

  /** Returns all rows of a query, mapped. */
  public static <T> List<T> of(Connection connection, String sql, Mapper<T> mapper)
      throws SQLException {
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

  /** Returns the first column of each row. */
  public static List<String> names(Connection connection, String sql) throws SQLException {
    return of(connection, sql, row -> row.getString(1));
  }
}
