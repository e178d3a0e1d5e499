package dev.schemaversion.runner.flyway.sets.statements;

import java.util.ArrayList;
import java.util.List;

/**
 * A table that earlier statements of a random set have created. It always has an id and a label.
 */
final class Table {
  /**
   * What a column may hold.
   *
   * @param wider a type to which it can be changed
   * @param values some values, as SQL
   */
  record Type(String sql, String wider, boolean indexable, List<String> values) {}

  /** A column that may be changed. */
  static final class Column {
    final String name;
    final Type type;
    boolean mandatory;

    Column(String name, Type type) {
      this.name = name;
      this.type = type;
    }
  }

  final List<Column> columns = new ArrayList<>();

  /** As it stands in scripts, perhaps with a placeholder. */
  String name;

  /** Whether another object needs it, so that it is neither dropped nor renamed. */
  boolean needed;

  Table(String name) {
    this.name = name;
  }
}
