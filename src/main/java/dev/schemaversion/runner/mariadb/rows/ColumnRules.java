package dev.schemaversion.runner.mariadb.rows;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.mariadb.Quoted;
import dev.schemaversion.runner.rows.RowRule;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What columns demand of their values: that they are not NULL and fit into the type. The facts
 * about columns come from here, too.
 *
 * @param facts see {@link dev.schemaversion.runner.rows.RowRules#facts}
 * @param limits see {@link dev.schemaversion.runner.rows.RowRules#limits}
 * @param types the fact about the type of each column, by {@code table.column}
 */
record ColumnRules(
    List<RowRule> rules, Set<String> facts, Map<String, Long> limits, Map<String, String> types) {
  /** The rules of all columns. */
  static ColumnRules read(Connection session) throws SQLException {
    var all = new ColumnRules(new ArrayList<>(), new HashSet<>(), new HashMap<>(), new HashMap<>());
    // A NULL becomes the time of the change where a timestamp no longer takes it.
    Rows.of(
        session,
        """
        SELECT c.table_name, c.column_name, c.column_type, COALESCE(c.collation_name, ''),
          c.is_nullable = 'NO' AND c.data_type <> 'timestamp', LOWER(c.data_type),
          c.character_maximum_length, c.numeric_precision, c.numeric_scale
        FROM information_schema.columns c JOIN information_schema.tables t
          ON t.table_schema = c.table_schema AND t.table_name = c.table_name
        WHERE c.table_schema = DATABASE() AND t.table_type = 'BASE TABLE'
          AND c.extra NOT REGEXP '(VIRTUAL|STORED|PERSISTENT) GENERATED'
        """,
        row -> {
          all.add(new RuledTable(row.getString(1)), row);
          return row;
        });
    return all;
  }

  private void add(RuledTable table, ResultSet row) throws SQLException {
    var column = Quoted.name(row.getString(2));
    var named = table.sql() + "." + column;
    var typed = named + " is " + row.getString(3) + " " + row.getString(4);
    facts.add(named);
    facts.add(typed);
    types.put(table.name() + "." + row.getString(2), typed);
    if (row.getBoolean(5)) {
      rules.add(
          table.rule(
              "not null " + named,
              "must not have NULL in " + column,
              List.of(named),
              column + " IS NULL"));
    }
    var size =
        MariaDbSize.of(
            row.getString(6),
            row.getString(3).contains("unsigned"),
            row.getLong(7),
            row.getInt(8),
            row.getInt(9));
    if (size != null) {
      var family = named + " is a " + size.family();
      facts.add(family);
      limits.put(family, size.limit());
      rules.add(
          table
              .rule(family, size.what(column), List.of(family), size.breaks(column))
              .upTo(size.limit()));
    }
  }

  /**
   * The facts about the types of columns. One without facts, as a generated one, makes a rule about
   * it no rule.
   */
  List<String> uses(RuledTable table, List<String> names) {
    return names.stream()
        .map(name -> types.getOrDefault(table.name() + "." + name, "no facts about " + name))
        .toList();
  }
}
