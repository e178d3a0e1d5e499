package dev.schemaversion.runner.postgres;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.rows.RowRule;
import dev.schemaversion.runner.rows.RowRules;
import dev.schemaversion.runner.rows.RowRulesReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what the rows of a PostgreSQL database must satisfy. Tables and columns are known by their
 * numbers, which a clone keeps while migrations run on it.
 */
final class PostgreSqlRowRules implements RowRulesReader {
  private static final String TABLE =
      "c.oid, c.relkind = 'p', format('%I.%I', n.nspname, c.relname), c.relname";

  /** Functions and operators of users may be others, or not there yet, on the real database. */
  private static final String ONLY_BUILT_IN =
      "NOT EXISTS (SELECT FROM pg_depend u WHERE u.classid = '%s'::regclass AND u.objid = %s"
          + " AND u.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass))";

  @Override
  public RowRules read(Connection session, List<String> schemas) throws SQLException {
    try (var statement = session.createStatement()) {
      statement.execute("SET search_path = ''");
      return new Reading(session, schemas).rules();
    } finally {
      try (var statement = session.createStatement()) {
        statement.execute("RESET search_path");
      }
    }
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

  /** One reading of one database. */
  private static final class Reading {
    private final Connection session;
    private final String schemas;
    private final List<RowRule> rules = new ArrayList<>();
    private final Set<String> facts = new HashSet<>();
    private final Map<String, Long> limits = new HashMap<>();

    Reading(Connection session, List<String> schemas) {
      this.session = session;
      this.schemas =
          "ARRAY[" + schemas.stream().map(Quoted::text).collect(Collectors.joining(", ")) + "]";
    }

    RowRules rules() throws SQLException {
      readColumns();
      readUnique();
      readChecks();
      readForeignKeys();
      return new RowRules(
          rules, facts, limits, Set.copyOf(Rows.names(session, HIDDEN)), hasEventTriggers(), false);
    }

    /** A partition's rows are those of the table that it is a part of. */
    private <T> List<T> tables(String columns, String join, String where, Rows.Mapper<T> mapper)
        throws SQLException {
      return Rows.of(
          session,
          """
          SELECT %s FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          %s
          WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname = ANY(%s) AND %s
          ORDER BY 1
          """
              .formatted(columns, join, schemas, where),
          mapper);
    }

    private void readColumns() throws SQLException {
      // A generated column has no facts: its values may be others by another expression.
      tables(
          TABLE
              + """
              , a.attnum, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod)
                || ' ' || a.attcollation, t.typname, a.atttypmod,
              a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid
                AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum] AND NOT k.convalidated)
              """,
          "JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid",
          "a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''",
          row -> {
            column(new Table(row), row);
            return row;
          });
    }

    private void column(Table table, ResultSet row) throws SQLException {
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

    private void readUnique() throws SQLException {
      tables(
          TABLE
              + """
              , ARRAY(SELECT pg_get_indexdef(i.indexrelid, k, false) || CASE
                  WHEN i.indcollation[k - 1] = 0 OR i.indcollation[k - 1] = COALESCE(
                    (SELECT attcollation FROM pg_attribute WHERE attrelid = c.oid
                     AND attnum = i.indkey[k - 1] AND attnum > 0), 100) THEN ''
                  ELSE ' COLLATE ' || i.indcollation[k - 1]::regcollation END
                FROM generate_series(1, i.indnkeyatts) k ORDER BY k),
              COALESCE(to_jsonb(i) ->> 'indnullsnotdistinct', 'false') = 'true',
              pg_get_expr(i.indpred, i.indrelid),
              %s
              """
                  .formatted(
                      columns(
                          "a.attnum = ANY(i.indkey) OR EXISTS (SELECT FROM pg_depend d WHERE"
                              + " d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid AND"
                              + " d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND"
                              + " d.refobjsubid = a.attnum)")),
          "JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class x ON x.oid = i.indexrelid"
              + " JOIN pg_am m ON m.oid = x.relam",
          "i.indisunique AND i.indisvalid AND m.amname = 'btree' AND "
              + ONLY_BUILT_IN.formatted("pg_class", "i.indexrelid"),
          row -> {
            var table = new Table(row);
            var values = texts(row, 5);
            var filter =
                Stream.concat(
                        row.getString(7) == null
                            ? Stream.of()
                            : Stream.of("(" + row.getString(7) + ")"),
                        row.getBoolean(6)
                            ? Stream.of()
                            : values.stream().map(value -> value + " IS NOT NULL"))
                    .collect(Collectors.joining(" AND "));
            rules.add(
                RowRule.ofGroups(
                    "unique " + table.oid + " " + values + " " + filter,
                    table.sql,
                    List.of(table.name),
                    table.uses(texts(row, 8)),
                    table.isPartitioned,
                    values,
                    table.from() + (filter.isEmpty() ? "" : " WHERE " + filter)));
            return row;
          });
    }

    private void readChecks() throws SQLException {
      tables(
          TABLE + ", pg_get_expr(k.conbin, k.conrelid), " + columns("a.attnum = ANY(k.conkey)"),
          "JOIN pg_constraint k ON k.conrelid = c.oid",
          "k.contype = 'c' AND "
              + IN_FORCE
              + " AND "
              + ONLY_BUILT_IN.formatted("pg_constraint", "k.oid"),
          row -> {
            var table = new Table(row);
            var expression = row.getString(5);
            rules.add(
                table.rule(
                    "check " + table.oid + " " + expression,
                    "must satisfy CHECK (" + expression + ")",
                    table.uses(texts(row, 6)),
                    "NOT (" + expression + ")"));
            return row;
          });
    }

    private void readForeignKeys() throws SQLException {
      tables(
          TABLE
              + ", "
              + columns("a.attnum = ANY(k.conkey)")
              + ", "
              + columns("a.attnum = ANY(k.confkey)", "p.oid")
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
              + IN_FORCE,
          row -> {
            rules.add(foreignKey(new Table(row), row));
            return row;
          });
    }

    private static RowRule foreignKey(Table table, ResultSet row) throws SQLException {
      var own = texts(row, 7);
      var others = texts(row, 8);
      var other =
          new Table(row.getString(13), row.getBoolean(11), row.getString(9), row.getString(10));
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
          "foreign key " + table.oid + " " + own + " " + other.oid + " " + others,
          "must refer with (%s) to a row of %s".formatted(String.join(", ", own), other.sql),
          table.sql,
          List.of(table.name, other.name),
          Stream.concat(table.uses(texts(row, 5)).stream(), other.uses(texts(row, 6)).stream())
              .toList(),
          table.isPartitioned || other.isPartitioned,
          "%s c WHERE (%s) AND NOT EXISTS (SELECT %s p WHERE %s)"
              .formatted(table.from(), given, other.from(), String.join(" AND ", pairs)));
    }

    private boolean hasEventTriggers() throws SQLException {
      return !Rows.names(session, "SELECT evtname FROM pg_event_trigger WHERE evtenabled <> 'D'")
          .isEmpty();
    }
  }

  private static final String IN_FORCE =
      "k.convalidated AND COALESCE(to_jsonb(k) ->> 'conenforced', 'true') = 'true'";

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

  /**
   * The columns that a condition on attribute {@code a} selects, as {@link Table#uses} reads it.
   */
  private static String columns(String condition) {
    return columns(condition, "c.oid");
  }

  private static String columns(String condition, String table) {
    return """
    ARRAY(SELECT a.attnum || ':' || quote_ident(a.attname) || ' is '
      || format_type(a.atttypid, a.atttypmod) || ' ' || a.attcollation
      FROM pg_attribute a WHERE a.attrelid = %s AND a.attnum > 0 AND (%s))
    """
        .formatted(table, condition);
  }

  private static List<String> texts(ResultSet row, int column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  /** A table, by its number and by its name. */
  private record Table(String oid, boolean isPartitioned, String sql, String name) {
    Table(ResultSet row) throws SQLException {
      this(row.getString(1), row.getBoolean(2), row.getString(3), row.getString(4));
    }

    String fact(int number, String column) {
      return oid + " " + sql + " " + number + ":" + column;
    }

    List<String> uses(List<String> columns) {
      return columns.stream().map(column -> oid + " " + sql + " " + column).toList();
    }

    /**
     * The rows of an inheriting table are not under the rules of its parent, those of parts are.
     */
    String from() {
      return "FROM " + (isPartitioned ? "" : "ONLY ") + sql;
    }

    RowRule rule(String key, String what, List<String> uses, String breaks) {
      return RowRule.ofRows(
          key, what, sql, List.of(name), uses, isPartitioned, from() + " WHERE " + breaks);
    }
  }
}
