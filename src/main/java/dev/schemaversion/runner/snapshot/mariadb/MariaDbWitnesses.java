package dev.schemaversion.runner.snapshot.mariadb;

import dev.schemaversion.runner.snapshot.InconsistentRead;
import dev.schemaversion.runner.snapshot.Kind;
import dev.schemaversion.runner.snapshot.Witness;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Confirms witnesses with one query, which opens only the tables that they are about. */
final class MariaDbWitnesses {
  private static final Set<String> TABLES = Set.of("BASE TABLE", "SYSTEM VERSIONED");

  private record Row(String table, String type, String column) {}

  private final MariaDbSession session;

  MariaDbWitnesses(MariaDbSession session) {
    this.session = session;
  }

  /** Confirms nothing if the server skips a table. */
  Set<Witness> confirmed(List<Witness> witnesses) throws SQLException {
    try {
      var rows = rows(witnesses);
      return witnesses.stream()
          .filter(witness -> isConfirmed(witness, rows.getOrDefault(key(witness), List.of())))
          .collect(Collectors.toCollection(HashSet::new));
    } catch (InconsistentRead e) {
      return Set.of();
    }
  }

  /** The rows about each table, by its name in lower case. */
  private Map<String, List<Row>> rows(Collection<Witness> witnesses)
      throws SQLException, InconsistentRead {
    var database = literal(session.one("SELECT DATABASE()"));
    var sql =
        witnesses.stream()
            .map(witness -> literal(unquoted(witness.relation())))
            .distinct()
            .map(table -> ofTable(database, table))
            .collect(Collectors.joining("\nUNION ALL "));
    return session
        .list(sql, row -> new Row(row.getString(1), row.getString(2), row.getString(3)))
        .stream()
        .collect(
            Collectors.groupingBy(
                row -> row.table().toLowerCase(Locale.ROOT), TreeMap::new, Collectors.toList()));
  }

  /** The server opens a single table only if the names of database and table are constants. */
  private static String ofTable(String database, String table) {
    return """
        SELECT TABLE_NAME, TABLE_TYPE, '' FROM information_schema.TABLES
        WHERE TABLE_SCHEMA = %1$s AND TABLE_NAME = %2$s
        UNION ALL SELECT TABLE_NAME, '', COLUMN_NAME FROM information_schema.COLUMNS
        WHERE TABLE_SCHEMA = %1$s AND TABLE_NAME = %2$s"""
        .formatted(database, table);
  }

  private static String key(Witness witness) {
    return unquoted(witness.relation()).toLowerCase(Locale.ROOT);
  }

  private static boolean isConfirmed(Witness witness, List<Row> rows) {
    var column = unquoted(witness.object().local());
    if (witness.isBuilt()) {
      var table = unquoted(witness.relation());
      return witness.object().kind() == Kind.COLUMN
          && !MariaDbTable.HISTORY.contains(column)
          && rows.stream().anyMatch(row -> row.table().equals(table) && TABLES.contains(row.type()))
          && rows.stream()
              .anyMatch(row -> row.table().equals(table) && row.column().equals(column));
    }
    return witness.isColumn()
        ? rows.stream().noneMatch(row -> row.column().equalsIgnoreCase(column))
        : rows.isEmpty();
  }

  private static String unquoted(String name) {
    return name.startsWith("`") ? name.substring(1, name.length() - 1).replace("``", "`") : name;
  }

  /** The session has an empty {@code sql_mode}, so that a backslash escapes. */
  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
