package dev.schemaversion.runner.postgres.rows;

import dev.schemaversion.runner.rows.RowRule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** What check constraints demand of a row. */
final class CheckRules {
  private CheckRules() {}

  /** The rules of all constraints in force. */
  static List<RowRule> read(OwnTables tables) throws SQLException {
    return tables.select(
        OwnTables.TABLE
            + ", pg_get_expr(k.conbin, k.conrelid), "
            + OwnTables.columns("a.attnum = ANY(k.conkey)"),
        "JOIN pg_constraint k ON k.conrelid = c.oid",
        "k.contype = 'c' AND "
            + OwnTables.IN_FORCE
            + " AND "
            + OwnTables.usesOnlyBuiltIn("pg_constraint", "k.oid"),
        row -> rule(RuledTable.read(row), row));
  }

  private static RowRule rule(RuledTable table, ResultSet row) throws SQLException {
    var expression = row.getString(5);
    return table.rule(
        "check " + table.oid() + " " + expression,
        "must satisfy CHECK (" + expression + ")",
        table.uses(OwnTables.texts(row, 6)),
        "NOT (" + expression + ")");
  }
}
