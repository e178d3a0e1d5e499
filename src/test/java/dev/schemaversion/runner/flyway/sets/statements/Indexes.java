package dev.schemaversion.runner.flyway.sets.statements;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/** The indexes that earlier statements have created. */
final class Indexes {
  private record Index(String name, Table table, Table.Column column) {}

  private final Chance chance;
  private final List<Index> indexes = new ArrayList<>();

  Indexes(Chance chance) {
    this.chance = chance;
  }

  /** The statement that creates an index; null if no column of the table can have one. */
  String create(Table table, Supplier<String> newName) {
    var columns = table.columns.stream().filter(column -> column.type.indexable()).toList();
    if (columns.isEmpty()) {
      return null;
    }
    var column = chance.pick(columns);
    var name = newName.get() + "_" + column.name;
    boolean unique = chance.oneIn(4);
    indexes.add(new Index(name, table, column));
    return "CREATE %sINDEX %s ON %s (%s%s);\n"
        .formatted(
            unique ? "UNIQUE " : "",
            name,
            table.name,
            column.name,
            unique || chance.oneIn(2) ? ", id" : "");
  }

  /**
   * The statement that drops one of the indexes; null if there is none.
   *
   * @param statement makes the statement from the names of index and table
   */
  String drop(BinaryOperator<String> statement) {
    if (indexes.isEmpty()) {
      return null;
    }
    var index = indexes.remove(chance.below(indexes.size()));
    return statement.apply(index.name(), index.table().name);
  }

  boolean areOn(Table table) {
    return indexes.stream().anyMatch(index -> index.table() == table);
  }

  boolean areOn(Table.Column column) {
    return indexes.stream().anyMatch(index -> index.column() == column);
  }

  /** No longer drops the indexes of a table. */
  void forget(Table table) {
    indexes.removeIf(index -> index.table() == table);
  }

  /** No longer drops the indexes of a column. */
  void forget(Table.Column column) {
    indexes.removeIf(index -> index.column() == column);
  }
}
