package dev.schemaversion.runner.mariadb.rows;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.rows.RowRule;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/** What check constraints of MariaDB demand of a row. */
final class CheckRules {
  private static final Pattern NAME = Pattern.compile("`((?:[^`]|``)+)`");

  private CheckRules() {}

  /** The rules of all constraints. */
  static List<RowRule> read(Connection session, ColumnRules columns) throws SQLException {
    return Rows.of(
        session,
        """
        SELECT table_name, check_clause FROM information_schema.check_constraints
        WHERE constraint_schema = DATABASE()
        """,
        row -> rule(new RuledTable(row.getString(1)), row.getString(2), columns));
  }

  private static RowRule rule(RuledTable table, String clause, ColumnRules columns) {
    var names = NAME.matcher(clause).results().map(name -> name.group(1).replace("``", "`"));
    return table.rule(
        "check " + table.name() + " " + clause,
        "must satisfy CHECK (" + clause + ")",
        columns.uses(table, names.toList()),
        "NOT (" + clause + ")");
  }
}
