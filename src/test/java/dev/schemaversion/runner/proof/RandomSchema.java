package dev.schemaversion.runner.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Makes random statements that change a schema. Names come back, so that a later version may equal
 * an earlier one.
 */
final class RandomSchema {
  private static final List<String> TABLES =
      List.of("t0", "t1", "t2", "t3", "t4", "Mixed Case", "od'd", "version");
  private static final List<String> COLUMNS =
      List.of("c0", "c1", "c2", "script", "Order", "a'b\\c", "type");

  private Random random;
  private final boolean isPostgres;
  private final Map<String, List<String>> tables = new LinkedHashMap<>();
  private boolean hasView;
  private int indexes;

  RandomSchema(Random random, boolean isPostgres) {
    this.random = random;
    this.isPostgres = isPostgres;
  }

  /** The statements of the next versions, which are the same for the same random numbers. */
  List<List<String>> versions(int count) {
    return IntStream.range(0, count).mapToObj(v -> statements(1 + random.nextInt(2))).toList();
  }

  /** From now on, the statements depend on other random numbers. */
  void continueWith(Random other) {
    random = other;
  }

  /** The next statements. */
  List<String> statements(int count) {
    return IntStream.range(0, count).mapToObj(s -> statement()).toList();
  }

  private String statement() {
    var free = TABLES.stream().filter(table -> !tables.containsKey(table)).toList();
    int choice = random.nextInt(12);
    if (tables.size() < 2 || (choice < 3 && !free.isEmpty())) {
      return create(any(free));
    }
    var table = any(List.copyOf(tables.keySet()));
    var columns = tables.get(table);
    var missing = COLUMNS.stream().filter(column -> !columns.contains(column)).toList();
    return switch (choice) {
      case 3, 4 -> missing.isEmpty() ? rows(table) : add(table, any(missing));
      case 5 -> columns.isEmpty() ? rows(table) : drop(table, any(columns));
      case 6 -> dropTable(table);
      case 7 -> free.isEmpty() ? rows(table) : rename(table, any(free));
      case 8 -> columns.isEmpty() ? rows(table) : retype(table, any(columns));
      case 9 -> view();
      case 10 -> "CREATE INDEX i%d ON %s (id)".formatted(indexes++, quoted(table));
      default -> rows(table);
    };
  }

  private String create(String table) {
    var columns = new ArrayList<String>();
    for (int count = random.nextInt(3); count > 0; count--) {
      columns.add(COLUMNS.get(count));
    }
    tables.put(table, columns);
    var sql = new StringBuilder("CREATE TABLE " + quoted(table) + " (id int PRIMARY KEY");
    columns.forEach(column -> sql.append(", ").append(quoted(column)).append(" int"));
    return sql.append(')').toString();
  }

  private String add(String table, String column) {
    tables.get(table).add(column);
    return alter(table, "ADD %s int", column);
  }

  private String drop(String table, String column) {
    tables.get(table).remove(column);
    return alter(table, "DROP COLUMN %s", column);
  }

  private String retype(String table, String column) {
    return alter(table, isPostgres ? "ALTER COLUMN %s TYPE bigint" : "MODIFY %s bigint", column);
  }

  private String rename(String table, String name) {
    tables.put(name, tables.remove(table));
    return alter(table, "RENAME TO %s", name);
  }

  private String dropTable(String table) {
    tables.remove(table);
    return "DROP TABLE " + quoted(table);
  }

  private String view() {
    hasView = !hasView;
    return hasView ? "CREATE VIEW v AS SELECT 1 AS one, 2 AS two" : "DROP VIEW v";
  }

  private String rows(String table) {
    return "DELETE FROM " + quoted(table);
  }

  private String alter(String table, String change, String name) {
    return "ALTER TABLE " + quoted(table) + " " + change.formatted(quoted(name));
  }

  private String quoted(String name) {
    var quote = isPostgres ? "\"" : "`";
    return quote + name + quote;
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}
