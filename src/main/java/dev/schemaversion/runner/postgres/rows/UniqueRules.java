package dev.schemaversion.runner.postgres.rows;

import dev.schemaversion.runner.rows.RowRule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What unique indexes demand: that no two rows have the same values. */
final class UniqueRules {
  /** The columns and expressions of an index, each with its collation if it is another one. */
  private static final String VALUES =
      """
      ARRAY(SELECT pg_get_indexdef(i.indexrelid, k, false) || CASE
          WHEN i.indcollation[k - 1] = 0 OR i.indcollation[k - 1] = COALESCE(
            (SELECT attcollation FROM pg_attribute WHERE attrelid = c.oid
             AND attnum = i.indkey[k - 1] AND attnum > 0), 100) THEN ''
          ELSE ' COLLATE ' || i.indcollation[k - 1]::regcollation END
        FROM generate_series(1, i.indnkeyatts) k ORDER BY k)
      """;

  private UniqueRules() {}

  /** The rules of all valid indexes. */
  static List<RowRule> read(OwnTables tables) throws SQLException {
    return tables.select(
        String.join(
            ", ",
            OwnTables.TABLE,
            VALUES,
            "COALESCE(to_jsonb(i) ->> 'indnullsnotdistinct', 'false') = 'true'",
            "pg_get_expr(i.indpred, i.indrelid)",
            OwnTables.columns(
                "a.attnum = ANY(i.indkey) OR EXISTS (SELECT FROM pg_depend d WHERE"
                    + " d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid AND"
                    + " d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND"
                    + " d.refobjsubid = a.attnum)")),
        "JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class x ON x.oid = i.indexrelid"
            + " JOIN pg_am m ON m.oid = x.relam",
        "i.indisunique AND i.indisvalid AND m.amname = 'btree' AND "
            + OwnTables.usesOnlyBuiltIn("pg_class", "i.indexrelid"),
        row -> rule(RuledTable.read(row), row));
  }

  private static RowRule rule(RuledTable table, ResultSet row) throws SQLException {
    var values = OwnTables.texts(row, 5);
    boolean nullsAreEqual = row.getBoolean(6);
    var predicate = row.getString(7);
    var filter =
        Stream.concat(
                predicate == null ? Stream.of() : Stream.of("(" + predicate + ")"),
                nullsAreEqual ? Stream.of() : values.stream().map(value -> value + " IS NOT NULL"))
            .collect(Collectors.joining(" AND "));
    return RowRule.ofGroups(
        "unique " + table.oid() + " " + values + " " + filter,
        table.sql(),
        List.of(table.name()),
        table.uses(OwnTables.texts(row, 8)),
        table.isPartitioned(),
        values,
        table.from() + (filter.isEmpty() ? "" : " WHERE " + filter));
  }
}
