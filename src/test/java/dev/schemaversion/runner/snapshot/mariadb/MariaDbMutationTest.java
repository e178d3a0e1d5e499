package dev.schemaversion.runner.snapshot.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.snapshot.MariaDbOriginal;
import dev.schemaversion.runner.snapshot.Scope;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.SnapshotReader;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.snapshot.mariadb.MariaDbMutations.Mutation;
import dev.schemaversion.testing.MariaDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Changes each property of each kind of object that {@code mariadb-dump} writes, alone, and holds
 * the comparison to the table on the page about concepts. The changes are made from the statements
 * that the server writes for a rich schema. With {@code -Dmutations=all}, every change is tried and
 * not one for each property.
 */
class MariaDbMutationTest {
  private static final boolean ALL = "all".equals(System.getProperty("mutations"));
  private static final Path PAGE = Path.of("docs/concepts.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private final Map<String, String> results = new TreeMap<>();
  private final List<String> contradictions = new ArrayList<>();
  private int changes;
  private int refused;

  /** What a dump has of an object, and what a snapshot has. */
  private record State(String dump, Snapshot schema, List<String> notes) {}

  @Test
  void eachPropertyOfADumpIsTreatedAsThePageSays() throws SQLException, IOException {
    MariaDb.onlyMariaDb("MySQL writes other words");
    var rich = MariaDb.fresh().admin(MariaDbOriginal.statements());
    var bench = MariaDb.fresh().admin("CREATE SEQUENCE sq", "CREATE USER IF NOT EXISTS somebody");
    var dump = rich.dump("--no-data", "--routines", "--events", "--triggers");
    try (var from = rich.connect();
        var to = bench.connect()) {
      execute(to, "SET foreign_key_checks = 0");
      for (var table :
          names(
              from,
              "SELECT table_name, table_type FROM information_schema.tables"
                  + " WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')")) {
        var sql = created(from, "TABLE", table);
        assertThat(dump).contains(sql.lines().findFirst().orElseThrow());
        tryAll("TABLE", table, sql, MariaDbMutations.ofTable(sql), to);
        execute(to, "DROP TABLE " + SqlText.quoted(table));
      }
      tryEach("SEQUENCE", "table_name", "tables", "table_type = 'SEQUENCE'", from, to);
      // What views and programs use is there.
      execute(to, "DROP SEQUENCE sq");
      bench.admin(MariaDbOriginal.statements());
      tryEach("VIEW", "table_name", "tables", "table_type = 'VIEW'", from, to);
      tryEach("FUNCTION", "routine_name", "routines", "routine_type = 'FUNCTION'", from, to);
      tryEach("PROCEDURE", "routine_name", "routines", "routine_type = 'PROCEDURE'", from, to);
      tryEach("EVENT", "event_name", "events", "event_type = 'RECURRING'", from, to);
      execute(to, "DROP TRIGGER tr1", "DROP TRIGGER tr2", "DROP TRIGGER tr0");
      tryEach("TRIGGER", "trigger_name", "triggers", "trigger_name = 'tr1'", from, to);
    }
    var page = page();
    var untried = new TreeSet<>(page.keySet());
    untried.removeAll(results.keySet());
    results.forEach(
        (property, result) -> {
          if (!result.equals(page.get(property))) {
            contradictions.add(
                property + " is " + result + ", the page says " + page.get(property));
          }
        });
    System.out.printf(
        "mariadb-dump: %d properties of %d kinds changed by %d statements (%d refused, without"
            + " effect, or of several properties): %d compared, %d noted, %d left out%n",
        results.size(),
        results.keySet().stream().map(each -> each.split(" ", 2)[0]).distinct().count(),
        changes,
        refused,
        count("compared"),
        count("noted"),
        count("left out"));
    assertThat(contradictions).isEmpty();
    assertThat(untried).as("on the page and not changed").isEmpty();
  }

  private long count(String result) {
    return results.values().stream().filter(result::equals).count();
  }

  private void tryEach(
      String kind, String column, String view, String condition, Connection from, Connection to)
      throws SQLException {
    var schema = column.substring(0, column.indexOf('_')) + "_schema";
    for (var name :
        names(
            from,
            "SELECT "
                + column
                + " FROM information_schema."
                + view
                + " WHERE "
                + schema
                + " = DATABASE() AND "
                + condition)) {
      var sql = created(from, kind, name);
      tryAll(kind, name, sql, MariaDbMutations.of(kind.toLowerCase(Locale.ROOT), sql), to);
    }
  }

  private void tryAll(
      String kind, String name, String original, List<Mutation> mutations, Connection to)
      throws SQLException {
    replace(to, original);
    var before = state(to, kind, name);
    for (var mutation : mutations) {
      if (!ALL && results.containsKey(mutation.kind() + " " + mutation.property())) {
        continue;
      }
      try {
        replace(to, mutation.sql());
      } catch (SQLException e) {
        refused++;
        continue;
      }
      var after = exists(to, kind, name) ? created(to, kind, name) : before.dump();
      var property =
          after.equals(before.dump())
              ? Optional.<String>empty()
              : Optional.ofNullable(mutation.property())
                  .or(() -> MariaDbMutations.changed(mutation.kind(), before.dump(), after))
                  .map(each -> mutation.kind() + " " + each);
      if (property.isEmpty()) {
        refused++;
      } else if (ALL || !results.containsKey(property.get())) {
        changes++;
        record(property.get(), before, state(to, kind, name), mutation);
      }
    }
    replace(to, original);
  }

  private void record(String property, State before, State after, Mutation mutation) {
    var comparison =
        Comparison.of(before.schema(), after.schema()).withNotes(before.notes(), after.notes());
    var result =
        comparison.isEqual() ? comparison.notes().isEmpty() ? "left out" : "noted" : "compared";
    var other = results.putIfAbsent(property, result);
    if (other != null && !other.equals(result)) {
      contradictions.add(property + " is " + other + " and " + result + ": " + mutation.sql());
    }
  }

  private static State state(Connection to, String kind, String name) throws SQLException {
    var reader = new SnapshotReader(to, Scope.of());
    return new State(created(to, kind, name), reader.readAlone(), reader.notes());
  }

  private static boolean exists(Connection to, String kind, String name) {
    try {
      created(to, kind, name);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private static void replace(Connection to, String created) throws SQLException {
    execute(to, created.replaceFirst("^CREATE", "CREATE OR REPLACE"));
  }

  private static void execute(Connection to, String... statements) throws SQLException {
    try (var statement = to.createStatement()) {
      statement.setEscapeProcessing(false);
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String created(Connection from, String kind, String name) throws SQLException {
    try (var statement = from.createStatement();
        var row = statement.executeQuery("SHOW CREATE " + kind + " " + SqlText.quoted(name))) {
      row.next();
      for (int column = 2; ; column++) {
        if (row.getMetaData()
            .getColumnLabel(column)
            .matches("Create .*|SQL Original Statement|Table")) {
          return row.getString(column);
        }
      }
    }
  }

  private static List<String> names(Connection from, String sql) throws SQLException {
    try (var statement = from.createStatement();
        var rows = statement.executeQuery(sql)) {
      var names = new ArrayList<String>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }

  /** Reads the table: kind, properties in code, and what the comparison does. */
  private static Map<String, String> page() throws IOException {
    var page = new TreeMap<String, String>();
    var lines =
        Files.readAllLines(PAGE).stream()
            .dropWhile(line -> !line.startsWith("| kind | in a dump of MariaDB"));
    lines
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split("\\|", -1))
        .forEach(
            cells ->
                CODE.matcher(cells[2])
                    .results()
                    .forEach(
                        code ->
                            page.put(cells[1].strip() + " " + code.group(1), cells[3].strip())));
    return page;
  }
}
