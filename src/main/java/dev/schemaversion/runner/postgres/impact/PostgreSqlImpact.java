package dev.schemaversion.runner.postgres.impact;

import dev.schemaversion.runner.impact.ImpactSource;
import dev.schemaversion.runner.impact.StatementWatch;
import dev.schemaversion.runner.impact.TableName;
import dev.schemaversion.runner.impact.TableSize;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** What statements do to tables in PostgreSQL. */
public final class PostgreSqlImpact implements ImpactSource {
  private static final String SIZES =
      """
      SELECT n.nspname, c.relname, pg_table_size(c.oid), pg_total_relation_size(c.oid),
             c.reltuples::bigint
      FROM unnest(?::text[], ?::text[]) AS wanted (schema, name)
      JOIN pg_namespace n ON n.nspname = wanted.schema
      JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
      WHERE c.relkind IN ('r', 'p', 'm')
      """;

  @Override
  public StatementWatch watch(Connection clone) throws SQLException {
    return new PostgreSqlWatch(clone);
  }

  @Override
  public Map<TableName, TableSize> sizes(Connection real, Collection<TableName> tables)
      throws SQLException {
    try (var query = real.prepareStatement(SIZES)) {
      query.setArray(1, real.createArrayOf("text", array(tables, TableName::schema)));
      query.setArray(2, real.createArrayOf("text", array(tables, TableName::name)));
      try (var rows = query.executeQuery()) {
        var sizes = new HashMap<TableName, TableSize>();
        while (rows.next()) {
          sizes.put(
              new TableName(rows.getString(1), rows.getString(2)),
              new TableSize(rows.getLong(3), rows.getLong(4), rows.getLong(5)));
        }
        return sizes;
      }
    }
  }

  private static Object[] array(Collection<TableName> tables, Function<TableName, String> part) {
    return tables.stream().map(part).toArray();
  }
}
