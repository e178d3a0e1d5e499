package dev.schemaversion.runner.scratch.rows;

import dev.schemaversion.contract.request.RequestedRehearsal;
import dev.schemaversion.runner.report.ByteSize;
import dev.schemaversion.runner.scratch.CloneFailed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tables whose rows a clone gets: those that the user names, else all of the schemas; and those
 * to which their foreign keys refer, so that no reference leads nowhere.
 *
 * @param tables in the order in which they are copied
 * @param missing the names in the resource that no table has
 */
record RowSelection(List<RowTable> tables, List<String> missing) {
  private static final int NAMED = 3;

  /**
   * Selects.
   *
   * @param schemas the schemas that the migrations own; a name without a schema is of the first one
   * @param all all tables of the database
   * @throws CloneFailed if the tables are larger than allowed
   */
  static RowSelection of(RequestedRehearsal wanted, List<String> schemas, List<RowTable> all) {
    var chosen = new LinkedHashSet<RowTable>();
    var missing = new ArrayList<String>();
    if (wanted.tables().isEmpty()) {
      all.stream().filter(table -> schemas.contains(table.schema())).forEach(chosen::add);
    }
    for (var name : wanted.tables()) {
      var named = named(all, schemas.getFirst() + "." + name);
      var found = named.isEmpty() ? named(all, name) : named;
      chosen.addAll(found);
      if (found.isEmpty()) {
        missing.add(name);
      }
    }
    var open = new ArrayDeque<>(chosen);
    while (!open.isEmpty()) {
      for (var reference : open.removeFirst().references()) {
        named(all, reference).stream().filter(chosen::add).forEach(open::add);
      }
    }
    var selection = new RowSelection(List.copyOf(chosen), missing);
    selection.failIfTooLarge(wanted);
    return selection;
  }

  private static List<RowTable> named(List<RowTable> all, String qualified) {
    return all.stream().filter(table -> table.isNamed(qualified)).toList();
  }

  long bytes() {
    return tables.stream().mapToLong(RowTable::bytes).sum();
  }

  private void failIfTooLarge(RequestedRehearsal wanted) {
    if (bytes() <= wanted.maxSize()) {
      return;
    }
    var largest =
        tables.stream()
            .sorted(Comparator.comparingLong(RowTable::bytes).reversed())
            .limit(NAMED)
            .map(table -> table.qualified() + " " + ByteSize.print(table.bytes()))
            .collect(Collectors.joining(", "));
    throw new CloneFailed(
        "The rows for the rehearsal are too many: the size of "
            + count(tables.size())
            + (wanted.tables().isEmpty()
                ? " of spec.database.schemas"
                : ", those of spec.proof.rehearsal.tables and those that they refer to,")
            + " with indexes is "
            + ByteSize.print(bytes())
            + " (the largest: "
            + largest
            + "), and spec.proof.rehearsal.maxSize is "
            + ByteSize.print(wanted.maxSize())
            + ". Nothing was copied, and the database was not touched. Raise"
            + " spec.proof.rehearsal.maxSize, or name in spec.proof.rehearsal.tables only those"
            + " that the migrations need, or set spec.proof.rehearsal.mode to Schema.");
  }

  static String count(int tables) {
    return tables == 1 ? "1 table" : tables + " tables";
  }
}
