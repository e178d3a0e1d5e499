package dev.schemaversion.runner.postgres.rows;

import dev.schemaversion.runner.rows.RowRule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What foreign keys demand: that there is the row to which another refers. */
final class ForeignKeyRules {
  private ForeignKeyRules() {}

  /** The rules of all foreign keys in force. */
  static List<RowRule> read(OwnTables tables) throws SQLException {
    return tables.select(
        OwnTables.TABLE
            + ", "
            + OwnTables.columns("a.attnum = ANY(k.conkey)")
            + ", "
            + OwnTables.columns("a.attnum = ANY(k.confkey)", "p.oid")
            + """
            , ARRAY(SELECT quote_ident(attname) FROM unnest(k.conkey) WITH ORDINALITY u (n, i)
                JOIN pg_attribute ON attrelid = k.conrelid AND attnum = n ORDER BY i),
            ARRAY(SELECT quote_ident(attname) FROM unnest(k.confkey) WITH ORDINALITY u (n, i)
                JOIN pg_attribute ON attrelid = k.confrelid AND attnum = n ORDER BY i),
            format('%I.%I', pn.nspname, p.relname), p.relname, p.relkind = 'p',
            k.confmatchtype = 'f', p.oid
            """,
        "JOIN pg_constraint k ON k.conrelid = c.oid JOIN pg_class p ON p.oid = k.confrelid"
            + " JOIN pg_namespace pn ON pn.oid = p.relnamespace",
        "k.contype = 'f' AND k.conparentid = 0 AND COALESCE(to_jsonb(k) ->> 'conperiod', 'false')"
            + " = 'false' AND "
            + OwnTables.IN_FORCE,
        row -> rule(RuledTable.read(row), row));
  }

  private static RowRule rule(RuledTable table, ResultSet row) throws SQLException {
    var own = OwnTables.texts(row, 7);
    var others = OwnTables.texts(row, 8);
    var other =
        new RuledTable(row.getString(13), row.getBoolean(11), row.getString(9), row.getString(10));
    var pairs = new ArrayList<String>();
    for (int i = 0; i < own.size(); i++) {
      pairs.add("p." + others.get(i) + " = c." + own.get(i));
    }
    // MATCH SIMPLE passes a row with any NULL, MATCH FULL one that has only NULLs.
    var given =
        own.stream()
            .map(name -> "c." + name + " IS NOT NULL")
            .collect(Collectors.joining(row.getBoolean(12) ? " OR " : " AND "));
    return RowRule.ofRows(
        "foreign key " + table.oid() + " " + own + " " + other.oid() + " " + others,
        "must refer with (%s) to a row of %s".formatted(String.join(", ", own), other.sql()),
        table.sql(),
        List.of(table.name(), other.name()),
        Stream.concat(
                table.uses(OwnTables.texts(row, 5)).stream(),
                other.uses(OwnTables.texts(row, 6)).stream())
            .toList(),
        table.isPartitioned() || other.isPartitioned(),
        "%s c WHERE (%s) AND NOT EXISTS (SELECT %s p WHERE %s)"
            .formatted(table.from(), given, other.from(), String.join(" AND ", pairs)));
  }
}
