package dev.schemaversion.runner.command;

import dev.schemaversion.contract.Sha256;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the tool has recorded in its tables at one time. The tables that the tool leaves when it has
 * built a version are the mark of that version.
 *
 * @param tables the tables in the order of the request, those that do not exist left out
 */
record Mark(List<Table> tables) {
  private static final int SHOWN = 3;

  /**
   * A column.
   *
   * @param name its name
   * @param incidental whether its values depend on time or on a counter, and so differ from one
   *     database to the next
   */
  record Column(String name, boolean incidental) {}

  /**
   * A table.
   *
   * @param name as the request names it
   * @param rows the values as text, in the order of the columns; null for NULL
   */
  record Table(String name, List<Column> columns, List<List<String>> rows) {
    /** The rows in these columns, in an order that depends on nothing else. */
    private List<String> in(Set<String> names) {
      var places =
          IntStream.range(0, columns.size())
              .filter(place -> names.contains(columns.get(place).name()))
              .boxed()
              .toList();
      return rows.stream()
          .map(
              row ->
                  String.join(
                      ", ",
                      places.stream()
                          .map(place -> columns.get(place).name() + "=" + text(row.get(place)))
                          .toList()))
          .sorted()
          .toList();
    }

    private static String text(String value) {
      return value == null ? "NULL" : "'" + value.replace("'", "''") + "'";
    }

    private Set<String> identifying(Set<String> volatileColumns) {
      var names = new TreeSet<String>();
      columns.stream()
          .filter(column -> !column.incidental())
          .map(Column::name)
          .filter(column -> !volatileColumns.contains(name + "." + column))
          .forEach(names::add);
      return names;
    }
  }

  /** Copies the list. */
  Mark {
    tables = List.copyOf(tables);
  }

  /** Whether the tool has recorded anything. */
  boolean isEmpty() {
    return tables.stream().allMatch(table -> table.rows().isEmpty());
  }

  /** {@code sha256:<hex>} over everything. */
  String digest() {
    return "sha256:"
        + Sha256.ofLines(
            tables.stream()
                .flatMap(
                    table -> {
                      var all = new HashSet<String>();
                      table.columns().forEach(column -> all.add(column.name()));
                      return Stream.concat(Stream.of(table.name()), table.in(all).stream());
                    }));
  }

  /**
   * Whether both say the same, in the columns that both have and that are not incidental.
   *
   * @param volatileColumns further columns that do not count, as {@code table.column}
   */
  boolean says(Mark other, Set<String> volatileColumns) {
    return onlyHere(other, volatileColumns).isEmpty()
        && other.onlyHere(this, volatileColumns).isEmpty();
  }

  /** The rows that the other does not have, one line each, or as many times. */
  private List<String> onlyHere(Mark other, Set<String> volatileColumns) {
    var left = new ArrayList<String>();
    for (var table : tables) {
      var same = other.table(table.name());
      var names = table.identifying(volatileColumns);
      if (same != null) {
        names.retainAll(same.identifying(volatileColumns));
      }
      var rows = new ArrayList<>(table.in(names));
      if (same != null) {
        same.in(names).forEach(rows::remove);
      }
      rows.forEach(row -> left.add(table.name() + ": " + row));
    }
    return left;
  }

  private Table table(String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst().orElse(null);
  }

  /**
   * The columns in which two marks of the same version differ, as {@code table.column}. These do
   * not depend on the version.
   */
  Set<String> volatileColumns(Mark again) {
    var columns = new HashSet<String>();
    for (var table : tables) {
      var same = again.table(table.name());
      for (var column : table.columns()) {
        var only = Set.of(column.name());
        if (same != null && !table.in(only).equals(same.in(only))) {
          columns.add(table.name() + "." + column.name());
        }
      }
    }
    return columns;
  }

  /** How many rows differ from another mark. */
  int distance(Mark other, Set<String> volatileColumns) {
    return onlyHere(other, volatileColumns).size() + other.onlyHere(this, volatileColumns).size();
  }

  /** The first rows that another mark does not have, for a message; all rows without another. */
  String rowsBeyond(Mark other, Set<String> volatileColumns) {
    var rows = onlyHere(Objects.requireNonNullElse(other, new Mark(List.of())), volatileColumns);
    var shown = rows.stream().limit(SHOWN).toList();
    return String.join("; ", shown)
        + (rows.size() > shown.size() ? "; and " + (rows.size() - shown.size()) + " more" : "");
  }
}
