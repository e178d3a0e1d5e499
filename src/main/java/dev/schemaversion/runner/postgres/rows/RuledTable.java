package dev.schemaversion.runner.postgres.rows;

import dev.schemaversion.runner.rows.RowRule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * A table whose rows are under a rule, by its number and by its name.
 *
 * @param sql its name with its schema, as it stands in SQL
 * @param name its local name
 */
record RuledTable(String oid, boolean isPartitioned, String sql, String name) {
  /** The table of a row that begins with {@link OwnTables#TABLE}. */
  static RuledTable read(ResultSet row) throws SQLException {
    return new RuledTable(row.getString(1), row.getBoolean(2), row.getString(3), row.getString(4));
  }

  /** The fact that there is a column. */
  String fact(int number, String column) {
    return oid + " " + sql + " " + number + ":" + column;
  }

  /** The facts about columns, as {@link OwnTables#columns} selects them. */
  List<String> uses(List<String> columns) {
    return columns.stream().map(column -> oid + " " + sql + " " + column).toList();
  }

  /** The rows of an inheriting table are not under the rules of its parent, those of parts are. */
  String from() {
    return "FROM " + (isPartitioned ? "" : "ONLY ") + sql;
  }

  /** A rule that a row breaks by itself. */
  RowRule rule(String key, String what, List<String> uses, String breaks) {
    return RowRule.ofRows(
        key, what, sql, List.of(name), uses, isPartitioned, from() + " WHERE " + breaks);
  }
}
