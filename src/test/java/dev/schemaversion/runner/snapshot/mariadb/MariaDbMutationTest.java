package dev.schemaversion.runner.snapshot.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.snapshot.ComparedProperties;
import dev.schemaversion.runner.snapshot.ComparedProperties.State;
import dev.schemaversion.runner.snapshot.MariaDbOriginal;
import dev.schemaversion.runner.snapshot.Scope;
import dev.schemaversion.runner.snapshot.SnapshotReader;
import dev.schemaversion.runner.snapshot.mariadb.MariaDbMutations.Mutation;
import dev.schemaversion.testing.MariaDb;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Changes each property of each kind of object that {@code mariadb-dump} writes, alone, and holds
 * the comparison to the table on the page about concepts. The changes are made from the statements
 * that the server writes for a rich schema. With {@code -Dmutations=all}, every change is tried and
 * not one for each property.
 */
class MariaDbMutationTest {
  private static final boolean ALL = "all".equals(System.getProperty("mutations"));

  private final ComparedProperties properties = new ComparedProperties();
  private int changes;
  private int refused;

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
    var page =
        ComparedProperties.page("| kind | in a dump of MariaDB", (kind, code) -> kind + " " + code);
    var untried = new TreeSet<>(page.keySet());
    untried.removeAll(properties.results().keySet());
    System.out.printf(
        "mariadb-dump: %d properties of %d kinds changed by %d statements (%d refused, without"
            + " effect, or of several properties): %d compared, %d noted, %d left out%n",
        properties.results().size(),
        properties.kinds(),
        changes,
        refused,
        properties.count("compared"),
        properties.count("noted"),
        properties.count("left out"));
    assertThat(properties.contradictions(page::get)).isEmpty();
    assertThat(untried).as("on the page and not changed").isEmpty();
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
    var dump = created(to, kind, name);
    var before = state(to);
    for (var mutation : mutations) {
      if (!ALL && properties.isKnown(mutation.kind() + " " + mutation.property())) {
        continue;
      }
      try {
        replace(to, mutation.sql());
      } catch (SQLException e) {
        refused++;
        continue;
      }
      var after = exists(to, kind, name) ? created(to, kind, name) : dump;
      var property =
          after.equals(dump)
              ? Optional.<String>empty()
              : Optional.ofNullable(mutation.property())
                  .or(() -> MariaDbMutations.changed(mutation.kind(), dump, after))
                  .map(each -> mutation.kind() + " " + each);
      if (property.isEmpty()) {
        refused++;
      } else if (ALL || !properties.isKnown(property.get())) {
        changes++;
        properties.record(property.get(), before.treatmentOf(state(to)), mutation.sql());
      }
    }
    replace(to, original);
  }

  private static State state(Connection to) throws SQLException {
    var reader = new SnapshotReader(to, Scope.of());
    return new State(reader.readAlone(), reader.notes());
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
}
