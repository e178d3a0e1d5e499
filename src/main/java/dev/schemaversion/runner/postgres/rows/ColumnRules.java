package dev.schemaversion.runner.postgres.rows;

import dev.schemaversion.runner.rows.RowRule;
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
 * about columns come from here, too. A generated column has none: its values may be others by
 * another expression.
 *
 * @param facts see {@link dev.schemaversion.runner.rows.RowRules#facts}
 * @param limits see {@link dev.schemaversion.runner.rows.RowRules#limits}
 */
record ColumnRules(List<RowRule> rules, Set<String> facts, Map<String, Long> limits) {
  /** The rules of all columns. */
  static ColumnRules read(OwnTables tables) throws SQLException {
    var all = new ColumnRules(new ArrayList<>(), new HashSet<>(), new HashMap<>());
    tables.select(
        OwnTables.TABLE
            + """
            , a.attnum, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod)
              || ' ' || a.attcollation, t.typname, a.atttypmod,
            a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid
              AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum] AND NOT k.convalidated)
            """,
        "JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid",
        "a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''",
        row -> {
          all.add(RuledTable.read(row), row);
          return row;
        });
    return all;
  }

  private void add(RuledTable table, ResultSet row) throws SQLException {
    var name = row.getString(6);
    var named = table.fact(row.getInt(5), name);
    facts.add(named);
    facts.add(named + " is " + row.getString(7));
    if (row.getBoolean(10)) {
      rules.add(
          table.rule(
              "not null " + named,
              "must not have NULL in " + name,
              List.of(named),
              name + " IS NULL"));
    }
    var size = PostgreSqlSize.of(row.getString(8), row.getInt(9));
    if (size != null) {
      var family = named + " is a " + size.family();
      facts.add(family);
      if (size.limit() != RowRule.NO_LIMIT) {
        limits.put(family, size.limit());
        rules.add(
            table
                .rule(family, size.what(name), List.of(family), size.breaks(name))
                .upTo(size.limit()));
      }
    }
  }
}
