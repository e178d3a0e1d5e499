package dev.schemaversion.runner.flyway.sets;

import dev.schemaversion.runner.snapshot.Line;
import dev.schemaversion.runner.snapshot.Scope;
import dev.schemaversion.runner.snapshot.SnapshotReader;
import dev.schemaversion.runner.snapshot.postgres.PostgresCatalog;
import dev.schemaversion.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What migrations leave in a database.
 *
 * @param history the rows of the history, without who wrote them and when
 * @param schema the lines of the snapshot
 * @param rows the rows of all tables, and the values of sequences
 */
record DatabaseState(List<String> history, List<String> schema, List<String> rows) {
  /** Reads it as superuser. */
  static DatabaseState of(TestedEngine engine, TestDatabase database, String historyTable) {
    try (var session = database.connect()) {
      var tables = new ArrayList<>(column(session, tables(engine)));
      tables.remove(historyTable);
      var rows = new ArrayList<String>();
      for (var table : tables) {
        rows(session, "SELECT * FROM " + table).stream()
            .map(row -> table + row)
            .sorted()
            .forEach(rows::add);
      }
      if (engine == TestedEngine.POSTGRESQL) {
        // Each database has an owner of its own, who is not compared.
        try (var statement = session.createStatement()) {
          statement.execute(
              "SET " + PostgresCatalog.MIGRATING_ROLE + " = '" + database.user() + "'");
        }
        rows.addAll(rows(session, "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"));
      }
      return new DatabaseState(
          rows(
              session,
              "SELECT version, type, description, script, checksum, success FROM "
                  + historyTable
                  + " ORDER BY installed_rank"),
          new SnapshotReader(session, Scope.of("public"))
              .readAlone().lines().stream().map(Line::toString).toList(),
          rows);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String tables(TestedEngine engine) {
    return switch (engine) {
      case POSTGRESQL ->
          "SELECT oid::regclass FROM pg_class WHERE relnamespace = 'public'::regnamespace"
              + " AND relkind IN ('r', 'm') ORDER BY 1";
      case MARIADB ->
          "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
              + " AND table_type = 'BASE TABLE' ORDER BY 1";
    };
  }

  private static List<String> column(Connection session, String sql) throws SQLException {
    try (var statement = session.createStatement();
        var rows = statement.executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  /** Each row with the names of its columns. */
  private static List<String> rows(Connection session, String sql) throws SQLException {
    try (var statement = session.createStatement();
        var read = statement.executeQuery(sql)) {
      var rows = new ArrayList<String>();
      var columns = read.getMetaData();
      while (read.next()) {
        var row = new TreeMap<String, String>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.put(columns.getColumnLabel(i), read.getString(i));
        }
        rows.add(row.toString());
      }
      return rows;
    }
  }

  /** How another database differs from this one, in words; empty if it does not. */
  String difference(DatabaseState other) {
    return difference("history", history, other.history)
        + difference("schema", schema, other.schema)
        + difference("rows", rows, other.rows);
  }

  private static String difference(String what, List<String> here, List<String> there) {
    if (here.equals(there)) {
      return "";
    }
    int first =
        IntStream.range(0, Math.min(here.size(), there.size()))
            .filter(i -> !here.get(i).equals(there.get(i)))
            .findFirst()
            .orElse(Math.min(here.size(), there.size()));
    return "different "
        + what
        + "\n"
        + shown("plain Flyway: ", here, first)
        + shown("the runner:   ", there, first);
  }

  private static String shown(String whose, List<String> lines, int first) {
    return lines.stream()
        .skip(first)
        .limit(4)
        .map(line -> whose + line + "\n")
        .collect(Collectors.joining("", "", first >= lines.size() ? whose + "(no more)\n" : ""));
  }
}
