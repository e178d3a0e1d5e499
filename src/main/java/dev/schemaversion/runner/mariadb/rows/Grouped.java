package dev.schemaversion.runner.mariadb.rows;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The values of the rows of a group, which a query returns in one column. */
final class Grouped {
  private static final String SEPARATOR = "\u0001";

  private Grouped() {}

  /** Selects a value of each row, in this order. */
  static String select(String value, String order) {
    return "GROUP_CONCAT(" + value + " ORDER BY " + order + " SEPARATOR '" + SEPARATOR + "')";
  }

  /** The values that a row of the result has. */
  static List<String> of(ResultSet row, int column) throws SQLException {
    return List.of(row.getString(column).split(SEPARATOR, -1));
  }
}
