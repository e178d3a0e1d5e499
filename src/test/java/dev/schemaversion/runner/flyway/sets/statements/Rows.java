package dev.schemaversion.runner.flyway.sets.statements;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes statements that change rows. */
final class Rows {
  private final Chance chance;
  private final Placeholders placeholders;

  Rows(Chance chance, Placeholders placeholders) {
    this.chance = chance;
    this.placeholders = placeholders;
  }

  String insert(Table table) {
    var columns = new StringBuilder("label");
    table.columns.forEach(column -> columns.append(", ").append(column.name));
    return "INSERT INTO %s (%s) VALUES %s;\n"
        .formatted(
            table.name,
            columns,
            IntStream.rangeClosed(0, chance.below(3))
                .mapToObj(i -> "(" + row(table) + ")")
                .collect(Collectors.joining(",\n  ")));
  }

  private String row(Table table) {
    return chance.pick(placeholders.labels())
        + table.columns.stream().map(column -> ", " + value(column)).collect(Collectors.joining());
  }

  /** A value that a column may have. */
  String value(Table.Column column) {
    var values =
        column.type.values().stream()
            .filter(each -> !column.mandatory || !each.equals("NULL"))
            .toList();
    return chance.pick(values);
  }

  String update(Table table) {
    return "UPDATE %s SET label = %s WHERE id > 1;\n"
        .formatted(table.name, chance.pick(placeholders.labels()));
  }

  String delete(Table table) {
    return "DELETE FROM " + table.name + " WHERE id = " + (1 + chance.below(5)) + ";\n";
  }
}
