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

/** What foreign keys demand: that there is the row to which another refers. */
final class ForeignKeyRules {
  private ForeignKeyRules() {}

  /** The rules of all foreign keys within the database. */
  static List<RowRule> read(Connection session, ColumnRules columns) throws SQLException {
    return Rows.of(
        session,
        """
        SELECT table_name, %s, referenced_table_name, %s
        FROM information_schema.key_column_usage
        WHERE table_schema = DATABASE() AND referenced_table_schema = DATABASE()
        GROUP BY table_name, constraint_name, referenced_table_name
        """
            .formatted(
                Grouped.select("column_name", "ordinal_position"),
                Grouped.select("referenced_column_name", "ordinal_position")),
        row -> rule(new RuledTable(row.getString(1)), columns, row));
  }

  private static RowRule rule(RuledTable table, ColumnRules columns, ResultSet row)
      throws SQLException {
    var own = Grouped.of(row, 2);
    var other = new RuledTable(row.getString(3));
    var others = Grouped.of(row, 4);
    var pairs = new ArrayList<String>();
    for (int i = 0; i < own.size(); i++) {
      pairs.add("p." + Quoted.name(others.get(i)) + " = c." + Quoted.name(own.get(i)));
    }
    var given =
        own.stream()
            .map(name -> "c." + Quoted.name(name) + " IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    var uses = new ArrayList<>(columns.uses(table, own));
    uses.addAll(columns.uses(other, others));
    return RowRule.ofRows(
        "foreign key " + table.name() + " " + own + " " + other.name() + " " + others,
        "must refer with (%s) to a row of %s"
            .formatted(
                own.stream().map(Quoted::name).collect(Collectors.joining(", ")), other.sql()),
        table.sql(),
        List.of(table.name(), other.name()),
        uses,
        false,
        "FROM %s c WHERE %s AND NOT EXISTS (SELECT 1 FROM %s p WHERE %s)"
            .formatted(table.sql(), given, other.sql(), String.join(" AND ", pairs)));
  }
}
