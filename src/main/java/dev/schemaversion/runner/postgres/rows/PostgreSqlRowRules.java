package dev.schemaversion.runner.postgres.rows;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.rows.RowRule;
import dev.schemaversion.runner.rows.RowRules;
import dev.schemaversion.runner.rows.RowRulesReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads what the rows of a PostgreSQL database must satisfy. Tables and columns are known by their
 * numbers, which a clone keeps while migrations run on it.
 */
public final class PostgreSqlRowRules implements RowRulesReader {
  /** Names as a statement may write them, without quotes and in lower case. */
  private static final String HIDDEN =
      """
      SELECT lower(relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND (relkind IN ('v', 'f', 'p')
        OR relispartition OR relhassubclass OR relhasrules
        OR EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid)
        OR EXISTS (SELECT FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal)
        OR EXISTS (SELECT FROM pg_constraint WHERE confrelid = c.oid
          AND (confdeltype NOT IN ('a', 'r') OR confupdtype NOT IN ('a', 'r'))))
      UNION SELECT lower(proname) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      """;

  private static final String EVENT_TRIGGERS =
      "SELECT evtname FROM pg_event_trigger WHERE evtenabled <> 'D'";

  @Override
  public RowRules read(Connection session, List<String> schemas) throws SQLException {
    try (var statement = session.createStatement()) {
      statement.execute("SET search_path = ''");
      return rules(session, new OwnTables(session, schemas));
    } finally {
      try (var statement = session.createStatement()) {
        statement.execute("RESET search_path");
      }
    }
  }

  private static RowRules rules(Connection session, OwnTables tables) throws SQLException {
    var columns = ColumnRules.read(tables);
    var rules = new ArrayList<RowRule>(columns.rules());
    rules.addAll(UniqueRules.read(tables));
    rules.addAll(CheckRules.read(tables));
    rules.addAll(ForeignKeyRules.read(tables));
    return new RowRules(
        rules,
        columns.facts(),
        columns.limits(),
        Set.copyOf(Rows.names(session, HIDDEN)),
        !Rows.names(session, EVENT_TRIGGERS).isEmpty(),
        false);
  }

  @Override
  public void prepare(Connection real) throws SQLException {
    try (var statement = real.createStatement()) {
      statement.execute("SET default_transaction_read_only = on; SET search_path = ''");
    }
  }

  @Override
  public boolean isStrict(Connection real, List<String> statements) {
    return true;
  }
}
