package dev.schemaversion.runner.flyway.sets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes scripts whose statements build on those of the scripts before. What each engine has of its
 * own is in the subclasses.
 */
abstract class Statements {
  /** A table of the first script, for scripts that must not depend on what comes later. */
  static final String ANCHOR =
      """
      CREATE TABLE anchor (id integer PRIMARY KEY, name varchar(40) NOT NULL, amount varchar(20));
      INSERT INTO anchor (id, name, amount) VALUES (1, 'first', '10'), (2, 'second', NULL);
      """;

  private static final List<String> COMMENTS =
      List.of(
          "-- a comment; with a semicolon and one 'quote\n",
          "/* a block\n   of two lines; */\n",
          "\n\n",
          "-- größer als früher\n",
          "");

  final Random random;
  final Placeholders placeholders;
  private final String prefix;
  private final List<Table> tables = new ArrayList<>();
  private final List<String> views = new ArrayList<>();
  private final List<String> indexes = new ArrayList<>();
  private int count;

  /**
   * Statements about tables of their own.
   *
   * @param prefix of the names of all objects
   */
  Statements(Random random, Placeholders placeholders, String prefix) {
    this.random = random;
    this.placeholders = placeholders;
    this.prefix = prefix;
  }

  /** Statements for an engine. */
  static Statements of(
      TestedEngine engine, Random random, Placeholders placeholders, String prefix) {
    return switch (engine) {
      case POSTGRESQL -> new PostgresStatements(random, placeholders, prefix);
      case MARIADB -> new MariaDbStatements(random, placeholders, prefix);
    };
  }

  /** The types of columns. */
  abstract List<Table.Type> types();

  /** The column that numbers the rows. */
  abstract String id();

  /** The statement that gives a column another type, which holds all of its values. */
  abstract String widen(Table table, Table.Column column);

  /** The statement that makes a column mandatory; no value of it is missing. */
  abstract String require(Table table, Table.Column column);

  abstract String dropIndex(String index, String table);

  /** What only this engine has; a supplier returns null if there is nothing for it to change. */
  abstract List<Supplier<String>> ofTheEngine();

  /** Changes the type of a column of {@link #ANCHOR} that only finishing scripts use. */
  abstract String widenAnchor();

  /** The next script. */
  String script() {
    return IntStream.rangeClosed(0, random.nextInt(4))
        .mapToObj(i -> pick(COMMENTS) + statement())
        .collect(Collectors.joining());
  }

  private String statement() {
    if (tables.isEmpty()) {
      return createTable();
    }
    var all =
        new ArrayList<Supplier<String>>(
            List.of(
                this::createTable,
                this::dropTable,
                this::renameTable,
                this::addColumn,
                this::dropColumn,
                this::renameColumn,
                this::changeType,
                this::makeMandatory,
                this::createIndex,
                this::dropAnIndex,
                this::createView,
                this::replaceView,
                this::insert,
                this::insert,
                this::update,
                this::delete));
    all.addAll(ofTheEngine());
    return Optional.ofNullable(pick(all).get()).orElseGet(this::insert);
  }

  String newName(String kind) {
    return prefix + kind + ++count;
  }

  Table anyTable() {
    return pick(tables);
  }

  final <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  final boolean oneIn(int some) {
    return random.nextInt(some) == 0;
  }

  private String createTable() {
    var table = new Table((oneIn(4) ? placeholders.of("prefix", "app_") : "") + newName("t"));
    var columns = new StringBuilder();
    for (int i = 0; i <= random.nextInt(4); i++) {
      columns.append(",\n  ").append(newColumn(table));
    }
    if (!tables.isEmpty() && oneIn(3)) {
      var parent = anyTable();
      parent.needed = true;
      columns.append(",\n  parent_id integer REFERENCES ").append(parent.name).append(" (id)");
    }
    tables.add(table);
    return "CREATE TABLE %s (%s, label varchar(60) NOT NULL DEFAULT 'none'%s);\n%s"
        .formatted(table.name, id(), columns, oneIn(2) ? insert(table) : "");
  }

  private String newColumn(Table table) {
    var column = new Table.Column(newName("c"), pick(types()));
    table.columns.add(column);
    var value = value(column);
    return column.name
        + " "
        + column.type.sql()
        + (oneIn(3) && column.type.indexable() ? " DEFAULT " + value : "");
  }

  private String value(Table.Column column) {
    var values =
        column.type.values().stream()
            .filter(each -> !column.mandatory || !each.equals("NULL"))
            .toList();
    return pick(values);
  }

  private String dropTable() {
    var free = tables.stream().filter(table -> !table.needed).toList();
    if (free.size() < 2) {
      return null;
    }
    var table = pick(free);
    tables.remove(table);
    indexes.removeIf(index -> index.endsWith(" " + table.name));
    return "DROP TABLE " + table.name + ";\n";
  }

  private String renameTable() {
    var table = anyTable();
    if (table.needed || indexes.stream().anyMatch(index -> index.endsWith(" " + table.name))) {
      return null;
    }
    var old = table.name;
    table.name = newName("renamed");
    return "ALTER TABLE " + old + " RENAME TO " + table.name + ";\n";
  }

  private String addColumn() {
    var table = anyTable();
    return "ALTER TABLE " + table.name + " ADD COLUMN " + newColumn(table) + ";\n";
  }

  private String dropColumn() {
    var table = anyTable();
    var free =
        table.columns.stream()
            .filter(each -> indexes.stream().noneMatch(i -> i.contains("_" + each.name + " ")))
            .toList();
    if (free.size() < 2) {
      return null;
    }
    var column = pick(free);
    table.columns.remove(column);
    return "ALTER TABLE " + table.name + " DROP COLUMN " + column.name + ";\n";
  }

  private String renameColumn() {
    var table = anyTable();
    if (table.columns.isEmpty()) {
      return null;
    }
    var old = table.columns.removeFirst();
    indexes.removeIf(index -> index.contains("_" + old.name + " "));
    var renamed = new Table.Column(newName("c"), old.type);
    renamed.mandatory = old.mandatory;
    table.columns.add(renamed);
    return "ALTER TABLE %s RENAME COLUMN %s TO %s;\n".formatted(table.name, old.name, renamed.name);
  }

  private String changeType() {
    var table = anyTable();
    return table.columns.isEmpty() ? null : widen(table, pick(table.columns));
  }

  private String makeMandatory() {
    var table = anyTable();
    if (table.columns.isEmpty()) {
      return null;
    }
    var column = pick(table.columns);
    column.mandatory = true;
    return "UPDATE %s SET %s = %s WHERE %2$s IS NULL;\n"
            .formatted(table.name, column.name, value(column))
        + require(table, column);
  }

  private String createIndex() {
    var table = anyTable();
    var columns = table.columns.stream().filter(column -> column.type.indexable()).toList();
    if (columns.isEmpty()) {
      return null;
    }
    var column = pick(columns);
    var index = newName("i") + "_" + column.name;
    boolean unique = oneIn(4);
    indexes.add(index + " " + table.name);
    return "CREATE %sINDEX %s ON %s (%s%s);\n"
        .formatted(
            unique ? "UNIQUE " : "",
            index,
            table.name,
            column.name,
            unique || oneIn(2) ? ", id" : "");
  }

  private String dropAnIndex() {
    if (indexes.isEmpty()) {
      return null;
    }
    var index = indexes.remove(random.nextInt(indexes.size())).split(" ", 2);
    return dropIndex(index[0], index[1]);
  }

  private String createView() {
    var table = anyTable();
    table.needed = true;
    var view = newName("v");
    views.add(view + " " + table.name);
    return "CREATE VIEW %s AS SELECT id, upper(label) AS title FROM %s;\n"
        .formatted(view, table.name);
  }

  private String replaceView() {
    if (views.isEmpty()) {
      return null;
    }
    var view = pick(views).split(" ", 2);
    if (oneIn(3)) {
      views.remove(view[0] + " " + view[1]);
      return "DROP VIEW " + view[0] + ";\n";
    }
    return "CREATE OR REPLACE VIEW %s AS SELECT id, lower(label) AS title FROM %s WHERE id > 0;\n"
        .formatted(view[0], view[1]);
  }

  private String insert() {
    return insert(anyTable());
  }

  private String insert(Table table) {
    var columns = new StringBuilder("label");
    table.columns.forEach(column -> columns.append(", ").append(column.name));
    return "INSERT INTO %s (%s) VALUES %s;\n"
        .formatted(
            table.name,
            columns,
            IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> "(" + row(table) + ")")
                .collect(Collectors.joining(",\n  ")));
  }

  private String row(Table table) {
    return pick(placeholders.labels())
        + table.columns.stream().map(column -> ", " + value(column)).collect(Collectors.joining());
  }

  private String update() {
    var table = anyTable();
    return "UPDATE %s SET label = %s WHERE id > 1;\n"
        .formatted(table.name, pick(placeholders.labels()));
  }

  private String delete() {
    return "DELETE FROM " + anyTable().name + " WHERE id = " + (1 + random.nextInt(5)) + ";\n";
  }
}
