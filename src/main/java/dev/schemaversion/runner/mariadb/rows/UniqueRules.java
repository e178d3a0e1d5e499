package dev.schemaversion.runner.mariadb.rows;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.mariadb.Quoted;
import dev.schemaversion.runner.rows.RowRule;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What unique indexes demand: that no two rows have the same values. */
final class UniqueRules {
  private UniqueRules() {}

  /** The rules of all indexes over columns. An index over an expression has no name of a column. */
  static List<RowRule> read(Connection session, ColumnRules columns) throws SQLException {
    return Rows.of(
        session,
        """
        SELECT table_name, %s, %s
        FROM information_schema.statistics
        WHERE table_schema = DATABASE() AND non_unique = 0
        GROUP BY table_name, index_name HAVING COUNT(column_name) = COUNT(*)
        """
            .formatted(
                Grouped.select("column_name", "seq_in_index"),
                Grouped.select("COALESCE(sub_part, 0)", "seq_in_index")),
        row -> rule(new RuledTable(row.getString(1)), columns, row));
  }

  private static RowRule rule(RuledTable table, ColumnRules columns, ResultSet row)
      throws SQLException {
    var names = Grouped.of(row, 2);
    var lengths = Grouped.of(row, 3);
    var values = new ArrayList<String>();
    for (int i = 0; i < names.size(); i++) {
      var name = Quoted.name(names.get(i));
      var length = lengths.get(i);
      values.add(length.equals("0") ? name : "LEFT(" + name + ", " + length + ")");
    }
    return RowRule.ofGroups(
        "unique " + table.name() + " " + values,
        table.sql(),
        List.of(table.name()),
        columns.uses(table, names),
        false,
        values,
        "FROM "
            + table.sql()
            + " WHERE "
            + names.stream()
                .map(name -> Quoted.name(name) + " IS NOT NULL")
                .collect(Collectors.joining(" AND ")));
  }
}
