package dev.schemaversion.runner.flyway.sets.statements;

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
public abstract class Statements {
  /** A table of the first script, for scripts that must not depend on what comes later. */
  public static final String ANCHOR =
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

  final Chance chance;
  final Placeholders placeholders;
  private final String prefix;
  private final List<Table> tables = new ArrayList<>();
  private final List<String> views = new ArrayList<>();
  private final Indexes indexes;
  private final Rows rows;
  private int count;

  /**
   * Statements about tables of their own.
   *
   * @param prefix of the names of all objects
   */
  Statements(Random random, Placeholders placeholders, String prefix) {
    this.chance = new Chance(random);
    this.placeholders = placeholders;
    this.prefix = prefix;
    this.indexes = new Indexes(chance);
    this.rows = new Rows(chance, placeholders);
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
  public abstract String widenAnchor();

  /** The next script. */
  public String script() {
    return IntStream.rangeClosed(0, chance.below(4))
        .mapToObj(i -> chance.pick(COMMENTS) + statement())
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
                () -> indexes.create(anyTable(), () -> newName("i")),
                () -> indexes.drop(this::dropIndex),
                this::createView,
                this::replaceView,
                () -> rows.insert(anyTable()),
                () -> rows.insert(anyTable()),
                () -> rows.update(anyTable()),
                () -> rows.delete(anyTable())));
    all.addAll(ofTheEngine());
    return Optional.ofNullable(chance.pick(all).get()).orElseGet(() -> rows.insert(anyTable()));
  }

  /** The next name for an object of a kind. */
  public String newName(String kind) {
    return prefix + kind + ++count;
  }

  Table anyTable() {
    return chance.pick(tables);
  }

  private String createTable() {
    var table =
        new Table((chance.oneIn(4) ? placeholders.of("prefix", "app_") : "") + newName("t"));
    var columns = new StringBuilder();
    for (int i = 0; i <= chance.below(4); i++) {
      columns.append(",\n  ").append(newColumn(table));
    }
    if (!tables.isEmpty() && chance.oneIn(3)) {
      var parent = anyTable();
      parent.needed = true;
      columns.append(",\n  parent_id integer REFERENCES ").append(parent.name).append(" (id)");
    }
    tables.add(table);
    return "CREATE TABLE %s (%s, label varchar(60) NOT NULL DEFAULT 'none'%s);\n%s"
        .formatted(table.name, id(), columns, chance.oneIn(2) ? rows.insert(table) : "");
  }

  private String newColumn(Table table) {
    var column = new Table.Column(newName("c"), chance.pick(types()));
    table.columns.add(column);
    var value = rows.value(column);
    return column.name
        + " "
        + column.type.sql()
        + (chance.oneIn(3) && column.type.indexable() ? " DEFAULT " + value : "");
  }

  private String dropTable() {
    var free = tables.stream().filter(table -> !table.needed).toList();
    if (free.size() < 2) {
      return null;
    }
    var table = chance.pick(free);
    tables.remove(table);
    indexes.forget(table);
    return "DROP TABLE " + table.name + ";\n";
  }

  private String renameTable() {
    var table = anyTable();
    if (table.needed || indexes.areOn(table)) {
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
    var free = table.columns.stream().filter(each -> !indexes.areOn(each)).toList();
    if (free.size() < 2) {
      return null;
    }
    var column = chance.pick(free);
    table.columns.remove(column);
    return "ALTER TABLE " + table.name + " DROP COLUMN " + column.name + ";\n";
  }

  private String renameColumn() {
    var table = anyTable();
    if (table.columns.isEmpty()) {
      return null;
    }
    var old = table.columns.removeFirst();
    indexes.forget(old);
    var renamed = new Table.Column(newName("c"), old.type);
    renamed.mandatory = old.mandatory;
    table.columns.add(renamed);
    return "ALTER TABLE %s RENAME COLUMN %s TO %s;\n".formatted(table.name, old.name, renamed.name);
  }

  private String changeType() {
    var table = anyTable();
    return table.columns.isEmpty() ? null : widen(table, chance.pick(table.columns));
  }

  private String makeMandatory() {
    var table = anyTable();
    if (table.columns.isEmpty()) {
      return null;
    }
    var column = chance.pick(table.columns);
    column.mandatory = true;
    return "UPDATE %s SET %s = %s WHERE %2$s IS NULL;\n"
            .formatted(table.name, column.name, rows.value(column))
        + require(table, column);
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
    var view = chance.pick(views).split(" ", 2);
    if (chance.oneIn(3)) {
      views.remove(view[0] + " " + view[1]);
      return "DROP VIEW " + view[0] + ";\n";
    }
    return "CREATE OR REPLACE VIEW %s AS SELECT id, lower(label) AS title FROM %s WHERE id > 0;\n"
        .formatted(view[0], view[1]);
  }
}
