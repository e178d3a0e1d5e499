package dev.schemaversion.runner.mariadb.scratch;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.ErrorCategory;
import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.SanitizedMessages;
import dev.schemaversion.runner.mariadb.Quoted;
import dev.schemaversion.runner.scratch.CloneFailed;
import dev.schemaversion.runner.scratch.DumpFailed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A dump of a schema: the statements of {@code SHOW CREATE} for all objects, in the order in which
 * they can be executed, and the rows of the history table.
 *
 * @param tables sequences, tables and routines
 * @param views all views, in no particular order
 * @param triggers triggers and events
 * @param historyTable the quoted name of the history table
 * @param history the rows of the history table
 */
record SchemaDump(
    List<Statement> tables,
    List<Statement> views,
    List<Statement> triggers,
    String historyTable,
    List<List<Object>> history) {
  private static final Pattern DEFINER =
      Pattern.compile(
          "^(CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:ALGORITHM=\\w+\\s+)?)"
              + "DEFINER=`(?:[^`]|``)*`@`(?:[^`]|``)*`\\s*");

  /**
   * The statement that creates one object.
   *
   * @param settings the statements that set up the session before
   */
  record Statement(String sql, List<String> settings) {}

  /**
   * Reads the current database of a session.
   *
   * @throws DumpFailed if an object is locked
   * @throws CloneFailed if an object is broken
   * @throws RunFailure if the user lacks the right to read a definition
   */
  static SchemaDump read(Connection real, String historyTable) throws SQLException {
    var dump =
        new SchemaDump(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            Quoted.name(historyTable),
            new ArrayList<>());
    dump.readTables(real, historyTable);
    for (var kind : List.of("FUNCTION", "PROCEDURE", "PACKAGE", "PACKAGE BODY")) {
      for (var name : names(real, "routine_name", "routines", "routine_type = '" + kind + "'")) {
        dump.tables.add(program(real, kind, name, 3));
      }
    }
    for (var name : names(real, "table_name", "tables", "table_type = 'VIEW'")) {
      dump.views.add(relation(real, "VIEW", name));
    }
    for (var name : names(real, "trigger_name", "triggers", "TRUE")) {
      dump.triggers.add(program(real, "TRIGGER", name, 3));
    }
    for (var name : names(real, "event_name", "events", "TRUE")) {
      dump.triggers.add(program(real, "EVENT", name, 4));
    }
    return dump;
  }

  private void readTables(Connection real, String name) throws SQLException {
    var isTable = "table_type LIKE '%TABLE' OR table_type = 'SYSTEM VERSIONED'";
    for (var table : names(real, "table_name", "tables", isTable)) {
      tables.add(relation(real, "TABLE", table));
      if (table.equalsIgnoreCase(name)) {
        history.addAll(
            Rows.of(real, "SELECT * FROM " + historyTable + " ORDER BY 1", SchemaDump::values));
      }
    }
    // first, because the defaults of tables may use them
    for (var sequence : names(real, "table_name", "tables", "table_type = 'SEQUENCE'")) {
      tables.addFirst(relation(real, "SEQUENCE", sequence));
    }
  }

  private static List<String> names(Connection real, String column, String view, String condition)
      throws SQLException {
    var schema = column.substring(0, column.indexOf('_')) + "_schema";
    var order =
        view.equals("triggers")
            ? "event_object_table, action_timing, event_manipulation, action_order"
            : column;
    var sql =
        "SELECT %s FROM information_schema.%s WHERE %s = DATABASE() AND (%s) ORDER BY %s"
            .formatted(column, view, schema, condition, order);
    try (var statement = real.createStatement();
        var rows = statement.executeQuery(sql)) {
      var names = new ArrayList<String>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      failIfIncomplete(statement.getWarnings());
      return names;
    }
  }

  /** Fails on a warning, because the server omits locked or broken objects with a warning only. */
  private static void failIfIncomplete(SQLWarning warning) {
    if (warning == null) {
      return;
    }
    var message =
        "The server omitted objects when it listed the schema: "
            + SanitizedMessages.of(warning)
            + ". The database was not touched";
    if (ErrorCategory.of(warning) == ErrorCategory.LOCK_TIMEOUT) {
      throw new DumpFailed(message + "; the operator retries.");
    }
    throw new CloneFailed(
        message
            + ". Repair or drop the broken object, or set spec.proof.mode to OnBaseline, which"
            + " skips the rehearsal.");
  }

  private static Statement relation(Connection real, String kind, String name) throws SQLException {
    return showCreate(
        real, kind, name, row -> new Statement(definition(row, 2, kind, name), List.of()));
  }

  /** Reads a program with the settings that it was created under, which it keeps. */
  private static Statement program(Connection real, String kind, String name, int column)
      throws SQLException {
    return showCreate(
        real,
        kind,
        name,
        row ->
            new Statement(
                definition(row, column, kind, name),
                List.of(
                    "SET SESSION sql_mode = " + Quoted.text(row.getString("sql_mode")),
                    "SET NAMES "
                        + row.getString("character_set_client")
                        + " COLLATE "
                        + row.getString("collation_connection"))));
  }

  private static Statement showCreate(
      Connection real, String kind, String name, Rows.Mapper<Statement> mapper)
      throws SQLException {
    return Rows.of(real, "SHOW CREATE " + kind + " " + Quoted.name(name), mapper).getFirst();
  }

  /** Returns the definition without its definer; it is null if the user lacks the right to it. */
  private static String definition(ResultSet row, int column, String kind, String name)
      throws SQLException {
    var sql = row.getString(column);
    if (sql == null) {
      throw new RunFailure(
          Outcome.CLONE_FAILED,
          "The database user lacks the right to read the definition of the "
              + kind.toLowerCase(Locale.ROOT)
              + " "
              + name
              + ". The database was not touched. GRANT SHOW CREATE ROUTINE on the database, or"
              + " SELECT on mysql.proc, to the user, or set spec.proof.mode to OnBaseline, which"
              + " skips the rehearsal.");
    }
    return DEFINER.matcher(sql).replaceFirst("$1");
  }

  private static List<Object> values(ResultSet row) throws SQLException {
    var values = new ArrayList<>();
    for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
      values.add(row.getObject(column));
    }
    return values;
  }
}
