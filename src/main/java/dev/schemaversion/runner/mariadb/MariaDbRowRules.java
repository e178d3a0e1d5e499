package dev.schemaversion.runner.mariadb;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.mariadb.MariaDb.Product;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what the rows of a MariaDB or MySQL database must satisfy. */
final class MariaDbRowRules implements RowRulesReader {
  private static final String VALUES = "\u0001";
  private static final Pattern NAME = Pattern.compile("`((?:[^`]|``)+)`");

  /** What makes the server accept, change or leave unchecked what it would refuse. */
  private static final Pattern LENIENT =
      Pattern.compile(
          ".*\\b(?:sql_mode|foreign_key_checks|check_constraint_checks|unique_checks|IGNORE)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Product product;

  MariaDbRowRules(Product product) {
    this.product = product;
  }

  @Override
  public RowRules read(Connection session, List<String> schemas) throws SQLException {
    var reading = new Reading(session);
    reading.readColumns();
    reading.readUnique();
    reading.readForeignKeys();
    if (product == Product.MARIADB) {
      // MySQL lists its checks in another way.
      reading.readChecks();
    }
    return new RowRules(
        reading.rules,
        reading.facts,
        reading.limits,
        Set.copyOf(Rows.names(session, HIDDEN)),
        false,
        true);
  }

  @Override
  public void prepare(Connection real) throws SQLException {
    ScratchSessions.execute(real, List.of("SET SESSION TRANSACTION READ ONLY"));
  }

  @Override
  public boolean isStrict(Connection real, List<String> statements) throws SQLException {
    return Rows.names(real, "SELECT @@sql_mode").getFirst().contains("STRICT_")
        && statements.stream().noneMatch(sql -> LENIENT.matcher(sql).matches());
  }

  /** One reading of one database. */
  private static final class Reading {
    private final Connection session;
    private final List<RowRule> rules = new ArrayList<>();
    private final Set<String> facts = new HashSet<>();
    private final Map<String, Long> limits = new HashMap<>();

    /** The fact about each column, by {@code table.column}. */
    private final Map<String, String> columns = new HashMap<>();

    Reading(Connection session) {
      this.session = session;
    }

    void readColumns() throws SQLException {
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
            column(row);
            return row;
          });
    }

    private void column(ResultSet row) throws SQLException {
      var table = row.getString(1);
      var column = Quoted.name(row.getString(2));
      var named = Quoted.name(table) + "." + column;
      var typed = named + " is " + row.getString(3) + " " + row.getString(4);
      facts.add(named);
      facts.add(typed);
      columns.put(table + "." + row.getString(2), typed);
      if (row.getBoolean(5)) {
        rules.add(
            rule(
                "not null " + named,
                "must not have NULL in " + column,
                table,
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
            rule(family, size.what(column), table, List.of(family), size.breaks(column))
                .upTo(size.limit()));
      }
    }

    void readUnique() throws SQLException {
      // An index over an expression has no name of a column.
      Rows.of(
          session,
          """
          SELECT table_name,
            GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR '%1$s'),
            GROUP_CONCAT(COALESCE(sub_part, 0) ORDER BY seq_in_index SEPARATOR '%1$s')
          FROM information_schema.statistics
          WHERE table_schema = DATABASE() AND non_unique = 0
          GROUP BY table_name, index_name HAVING COUNT(column_name) = COUNT(*)
          """
              .formatted(VALUES),
          row -> {
            unique(row);
            return row;
          });
    }

    private void unique(ResultSet row) throws SQLException {
      var table = row.getString(1);
      var names = List.of(row.getString(2).split(VALUES, -1));
      var lengths = row.getString(3).split(VALUES, -1);
      var values = new ArrayList<String>();
      for (int i = 0; i < names.size(); i++) {
        var name = Quoted.name(names.get(i));
        values.add(lengths[i].equals("0") ? name : "LEFT(" + name + ", " + lengths[i] + ")");
      }
      rules.add(
          RowRule.ofGroups(
              "unique " + table + " " + values,
              Quoted.name(table),
              List.of(table),
              uses(table, names),
              false,
              values,
              "FROM "
                  + Quoted.name(table)
                  + " WHERE "
                  + names.stream()
                      .map(name -> Quoted.name(name) + " IS NOT NULL")
                      .collect(Collectors.joining(" AND "))));
    }

    void readChecks() throws SQLException {
      Rows.of(
          session,
          """
          SELECT table_name, check_clause FROM information_schema.check_constraints
          WHERE constraint_schema = DATABASE()
          """,
          row -> {
            var table = row.getString(1);
            var clause = row.getString(2);
            var names =
                NAME.matcher(clause).results().map(name -> name.group(1).replace("``", "`"));
            rules.add(
                rule(
                    "check " + table + " " + clause,
                    "must satisfy CHECK (" + clause + ")",
                    table,
                    uses(table, names.toList()),
                    "NOT (" + clause + ")"));
            return row;
          });
    }

    void readForeignKeys() throws SQLException {
      Rows.of(
          session,
          """
          SELECT table_name,
            GROUP_CONCAT(column_name ORDER BY ordinal_position SEPARATOR '%1$s'),
            referenced_table_name,
            GROUP_CONCAT(referenced_column_name ORDER BY ordinal_position SEPARATOR '%1$s')
          FROM information_schema.key_column_usage
          WHERE table_schema = DATABASE() AND referenced_table_schema = DATABASE()
          GROUP BY table_name, constraint_name, referenced_table_name
          """
              .formatted(VALUES),
          row -> {
            foreignKey(row);
            return row;
          });
    }

    private void foreignKey(ResultSet row) throws SQLException {
      var table = row.getString(1);
      var own = List.of(row.getString(2).split(VALUES, -1));
      var other = row.getString(3);
      var others = List.of(row.getString(4).split(VALUES, -1));
      var pairs = new ArrayList<String>();
      for (int i = 0; i < own.size(); i++) {
        pairs.add("p." + Quoted.name(others.get(i)) + " = c." + Quoted.name(own.get(i)));
      }
      var given =
          own.stream()
              .map(name -> "c." + Quoted.name(name) + " IS NOT NULL")
              .collect(Collectors.joining(" AND "));
      var uses = new ArrayList<>(uses(table, own));
      uses.addAll(uses(other, others));
      rules.add(
          RowRule.ofRows(
              "foreign key " + table + " " + own + " " + other + " " + others,
              "must refer with (%s) to a row of %s"
                  .formatted(
                      own.stream().map(Quoted::name).collect(Collectors.joining(", ")),
                      Quoted.name(other)),
              Quoted.name(table),
              List.of(table, other),
              uses,
              false,
              "FROM %s c WHERE %s AND NOT EXISTS (SELECT 1 FROM %s p WHERE %s)"
                  .formatted(
                      Quoted.name(table), given, Quoted.name(other), String.join(" AND ", pairs))));
    }

    /** A column without facts, as a generated one, makes a rule about it no rule. */
    private List<String> uses(String table, List<String> names) {
      return names.stream()
          .map(name -> columns.getOrDefault(table + "." + name, "no facts about " + name))
          .toList();
    }

    private static RowRule rule(
        String key, String what, String table, List<String> uses, String breaks) {
      return RowRule.ofRows(
          key,
          what,
          Quoted.name(table),
          List.of(table),
          uses,
          false,
          "FROM " + Quoted.name(table) + " WHERE " + breaks);
    }
  }

  private static final String HIDDEN =
      """
      SELECT LOWER(table_name) FROM information_schema.views WHERE table_schema = DATABASE()
      UNION SELECT LOWER(routine_name) FROM information_schema.routines
        WHERE routine_schema = DATABASE()
      UNION SELECT LOWER(event_object_table) FROM information_schema.triggers
        WHERE trigger_schema = DATABASE()
      UNION SELECT LOWER(referenced_table_name) FROM information_schema.referential_constraints
        WHERE constraint_schema = DATABASE() AND (delete_rule NOT IN ('RESTRICT', 'NO ACTION')
          OR update_rule NOT IN ('RESTRICT', 'NO ACTION'))
      """;
}
