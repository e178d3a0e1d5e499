package dev.schemaversion.runner.mariadb.impact;

import dev.schemaversion.runner.impact.ImpactSource;
import dev.schemaversion.runner.impact.StatementWatch;
import dev.schemaversion.runner.impact.TableName;
import dev.schemaversion.runner.impact.TableSize;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What statements do to tables in MariaDB and MySQL. */
public final class MariaDbImpact implements ImpactSource {
  private static final String SIZES =
      """
      SELECT table_schema, table_name, COALESCE(data_length, 0),
             COALESCE(data_length, 0) + COALESCE(index_length, 0), COALESCE(table_rows, -1)
      FROM information_schema.tables WHERE table_schema = DATABASE()
      """;

  @Override
  public StatementWatch watch(Connection clone) throws SQLException {
    return new MariaDbWatch(clone);
  }

  @Override
  public Map<TableName, TableSize> sizes(Connection real, Collection<TableName> tables)
      throws SQLException {
    var sizes = new HashMap<TableName, TableSize>();
    try (var statement = real.createStatement();
        var rows = statement.executeQuery(SIZES)) {
      while (rows.next()) {
        sizes.put(
            new TableName(rows.getString(1), rows.getString(2)),
            new TableSize(rows.getLong(3), rows.getLong(4), rows.getLong(5)));
      }
    }
    sizes.keySet().retainAll(tables);
    return sizes;
  }
}
