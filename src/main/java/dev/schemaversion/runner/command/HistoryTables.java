package dev.schemaversion.runner.command;

import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.Rows;
import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The tables in which the tool keeps its history. */
final class HistoryTables {
  private static final Set<Integer> TIMES =
      Set.of(
          Types.TIMESTAMP,
          Types.TIMESTAMP_WITH_TIMEZONE,
          Types.DATE,
          Types.TIME,
          Types.TIME_WITH_TIMEZONE);

  private final Engine engine;
  private final List<Name> names;
  private final Set<String> ignored;

  /**
   * A table.
   *
   * @param given as the request names it
   */
  record Name(String given, String schema, String table) {
    static Name of(String given, String defaultSchema) {
      int dot = given.indexOf('.');
      return dot < 0
          ? new Name(given, defaultSchema, given)
          : new Name(given, given.substring(0, dot), given.substring(dot + 1));
    }
  }

  /**
   * The tables.
   *
   * @param given by name or {@code schema.name}
   * @param ignored the columns that do not count, as {@code table.column}
   * @param defaultSchema the schema of those that are given without one
   */
  HistoryTables(Engine engine, List<String> given, List<String> ignored, String defaultSchema) {
    this.engine = engine;
    this.ignored = Set.copyOf(ignored);
    this.names = given.stream().map(name -> Name.of(name, defaultSchema)).toList();
  }

  /** Reads all rows of the tables that exist. */
  Mark read(Connection session) throws SQLException {
    var tables = new ArrayList<Mark.Table>();
    for (var name : names) {
      if (engine.catalog(session).hasTable(name.schema(), name.table())) {
        tables.add(table(session, name));
      }
    }
    return new Mark(tables);
  }

  private Mark.Table table(Connection session, Name name) throws SQLException {
    try (var statement = session.createStatement();
        var rows = statement.executeQuery("SELECT * FROM " + quoted(name))) {
      var columns = columns(name, rows.getMetaData());
      var read = new ArrayList<List<String>>();
      while (rows.next()) {
        var row = new ArrayList<String>();
        for (int i = 1; i <= columns.size(); i++) {
          row.add(rows.getString(i));
        }
        read.add(row);
      }
      return new Mark.Table(name.given(), columns, read);
    }
  }

  private List<Mark.Column> columns(Name table, ResultSetMetaData data) throws SQLException {
    var columns = new ArrayList<Mark.Column>();
    for (int i = 1; i <= data.getColumnCount(); i++) {
      columns.add(
          new Mark.Column(
              data.getColumnName(i),
              data.isAutoIncrement(i)
                  || TIMES.contains(data.getColumnType(i))
                  || ignored.contains(table.given() + "." + data.getColumnName(i))));
    }
    return columns;
  }

  private String quoted(Name name) {
    return engine.quoted(name.schema()) + "." + engine.quoted(name.table());
  }

  /**
   * Copies the rows into a clone that has the same tables without rows. The clone goes on numbering
   * after them.
   */
  void copy(Connection from, Connection to) throws SQLException {
    for (var name : names) {
      if (engine.catalog(from).hasTable(name.schema(), name.table()) && isEmpty(to, name)) {
        copy(from, to, name);
      }
    }
  }

  private boolean isEmpty(Connection session, Name name) throws SQLException {
    return Rows.of(session, "SELECT COUNT(*) FROM " + quoted(name), row -> row.getLong(1) == 0)
        .getFirst();
  }

  private void copy(Connection from, Connection to, Name name) throws SQLException {
    try (var read = from.createStatement();
        var rows = read.executeQuery("SELECT * FROM " + quoted(name))) {
      var data = rows.getMetaData();
      var columns = columns(name, data).stream().map(Mark.Column::name).toList();
      try (var write =
          to.prepareStatement(
              engine.insertInto(quoted(name), columns.stream().map(engine::quoted).toList())
                  + " VALUES ("
                  + IntStream.range(0, columns.size())
                      .mapToObj(any -> "?")
                      .collect(Collectors.joining(", "))
                  + ")")) {
        while (rows.next()) {
          for (int i = 1; i <= columns.size(); i++) {
            write.setObject(i, rows.getObject(i));
          }
          write.executeUpdate();
        }
      }
    }
    engine.continueNumbering(to, quoted(name));
  }
}
