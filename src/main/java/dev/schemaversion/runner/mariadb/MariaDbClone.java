package dev.schemaversion.runner.mariadb;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.ErrorCategory;
import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.SanitizedMessages;
import dev.schemaversion.runner.scratch.CloneFailed;
import dev.schemaversion.runner.scratch.DumpFailed;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A copy of the real database without its rows, from what the server itself gives as SQL: tables,
 * sequences, programs, views, triggers and events. Only the history table's rows come along.
 */
final class MariaDbClone {
  private static final Pattern DEFINER =
      Pattern.compile(
          "^(CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:ALGORITHM=\\w+\\s+)?)DEFINER=`(?:[^`]|``)*`@`(?:[^`]|``)*`\\s*");

  /**
   * One object.
   *
   * @param settings what the session must have when it is made
   */
  private record Item(String sql, List<String> settings) {}

  private final List<Item> first = new ArrayList<>();
  private final List<Item> views = new ArrayList<>();
  private final List<Item> last = new ArrayList<>();
  private final List<List<Object>> rows = new ArrayList<>();
  private final String history;

  private MariaDbClone(String history) {
    this.history = history;
  }

  /** Reads the real database. */
  static MariaDbClone of(Connection real, String historyTable) throws SQLException {
    var clone = new MariaDbClone(Quoted.name(historyTable));
    clone.read(real, historyTable);
    return clone;
  }

  private void read(Connection real, String historyTable) throws SQLException {
    for (var name :
        named(
            real,
            "table_name",
            "tables",
            "table_type LIKE '%TABLE' OR table_type = 'SYSTEM VERSIONED'")) {
      first.add(plain(real, "TABLE", name));
      if (name.equalsIgnoreCase(historyTable)) {
        rows.addAll(Rows.of(real, "SELECT * FROM " + history + " ORDER BY 1", MariaDbClone::row));
      }
    }
    for (var name : named(real, "table_name", "tables", "table_type = 'SEQUENCE'")) {
      first.add(0, plain(real, "SEQUENCE", name));
    }
    for (var kind : List.of("FUNCTION", "PROCEDURE", "PACKAGE", "PACKAGE BODY")) {
      for (var name : named(real, "routine_name", "routines", "routine_type = '" + kind + "'")) {
        first.add(program(real, kind, name, 3));
      }
    }
    for (var name : named(real, "table_name", "tables", "table_type = 'VIEW'")) {
      views.add(plain(real, "VIEW", name));
    }
    for (var name : named(real, "trigger_name", "triggers", "TRUE")) {
      last.add(program(real, "TRIGGER", name, 3));
    }
    for (var name : named(real, "event_name", "events", "TRUE")) {
      last.add(program(real, "EVENT", name, 4));
    }
  }

  private static List<String> named(Connection real, String column, String view, String which)
      throws SQLException {
    var schema = column.substring(0, column.indexOf('_')) + "_schema";
    var order =
        view.equals("triggers")
            ? "event_object_table, action_timing, event_manipulation, action_order"
            : column;
    var sql =
        "SELECT %s FROM information_schema.%s WHERE %s = DATABASE() AND (%s) ORDER BY %s"
            .formatted(column, view, schema, which, order);
    try (var statement = real.createStatement();
        var rows = statement.executeQuery(sql)) {
      var names = new ArrayList<String>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      failIfSomethingIsLeftOut(statement.getWarnings());
      return names;
    }
  }

  /** What the server cannot open, as it is locked or broken, it leaves out with a warning only. */
  private static void failIfSomethingIsLeftOut(SQLWarning warning) {
    if (warning == null) {
      return;
    }
    var told =
        "The server left something out when it listed the schema: "
            + SanitizedMessages.of(warning)
            + ". The database was not touched";
    if (ErrorCategory.of(warning) == ErrorCategory.LOCK_TIMEOUT) {
      throw new DumpFailed(told + ", and it is tried again.");
    }
    throw new CloneFailed(
        told
            + ". Mend or drop what is broken in it, or set spec.proof.mode to OnBaseline, which"
            + " rehearses nothing.");
  }

  private static Item plain(Connection real, String kind, String name) throws SQLException {
    return Rows.of(
            real,
            "SHOW CREATE " + kind + " " + Quoted.name(name),
            row -> new Item(known(row.getString(2), kind, name), List.of()))
        .getFirst();
  }

  /** A program keeps the settings it was made under. */
  private static Item program(Connection real, String kind, String name, int column)
      throws SQLException {
    return Rows.of(
            real,
            "SHOW CREATE " + kind + " " + Quoted.name(name),
            row ->
                new Item(
                    known(row.getString(column), kind, name),
                    List.of(
                        "SET SESSION sql_mode = " + Quoted.text(row.getString("sql_mode")),
                        "SET NAMES "
                            + row.getString("character_set_client")
                            + " COLLATE "
                            + row.getString("collation_connection"))))
        .getFirst();
  }

  /** A user who may not see a program's text is given none. */
  private static String known(String sql, String kind, String name) {
    if (sql == null) {
      throw new RunFailure(
          Outcome.CLONE_FAILED,
          "The user may not read the definition of the "
              + kind.toLowerCase(java.util.Locale.ROOT)
              + " "
              + name
              + ". The database was not touched. Grant SHOW CREATE ROUTINE, or SELECT on mysql.proc, or set"
              + " spec.proof.mode to OnBaseline, which rehearses nothing.");
    }
    return DEFINER.matcher(sql).replaceFirst("$1");
  }

  private static List<Object> row(java.sql.ResultSet row) throws SQLException {
    var values = new ArrayList<>();
    for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
      values.add(row.getObject(column));
    }
    return values;
  }

  /** Makes it all there. */
  void into(MariaDbScratchDatabase workspace) throws SQLException {
    try (var migrating = workspace.migrating().getConnection()) {
      ScratchSessions.execute(migrating, List.of("SET SESSION foreign_key_checks = 0"));
      for (var item : first) {
        make(workspace, item, migrating);
      }
      makeViews(migrating);
      insert(migrating);
      for (var item : last) {
        make(workspace, item, migrating);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static void make(MariaDbScratchDatabase workspace, Item item, Connection session)
      throws SQLException {
    if (item.settings().isEmpty()) {
      ScratchSessions.execute(session, List.of("SET SESSION sql_mode = ''", item.sql()));
      return;
    }
    try (var own = workspace.migrating().getConnection()) {
      ScratchSessions.execute(own, item.settings());
      ScratchSessions.execute(own, List.of(item.sql()));
    }
  }

  /** Views read each other: those that cannot be made yet wait for the others. */
  private void makeViews(Connection session) throws SQLException {
    var left = new ArrayList<>(views);
    while (!left.isEmpty()) {
      SQLException why = null;
      int before = left.size();
      for (var view : List.copyOf(left)) {
        try {
          ScratchSessions.execute(session, List.of(view.sql()));
          left.remove(view);
        } catch (SQLException e) {
          if (ScratchUnavailable.isBehind(e)) {
            throw e;
          }
          why = e;
        }
      }
      if (left.size() == before) {
        throw why;
      }
    }
  }

  private void insert(Connection session) throws SQLException {
    for (var row : rows) {
      var marks = "?, ".repeat(row.size() - 1) + "?";
      try (PreparedStatement statement =
          session.prepareStatement("INSERT INTO " + history + " VALUES (" + marks + ")")) {
        for (int i = 0; i < row.size(); i++) {
          statement.setObject(i + 1, row.get(i));
        }
        statement.executeUpdate();
      }
    }
  }

  private static RuntimeException failed(SQLException e) {
    if (ScratchUnavailable.isBehind(e)) {
      return ScratchUnavailable.died(e);
    }
    return new CloneFailed(
        "The schema cannot be made again on the scratch server: "
            + SanitizedMessages.of(e)
            + ". The database was not touched. Correct what is broken in it, or set"
            + " spec.proof.mode to OnBaseline, which rehearses nothing.",
        e);
  }
}
