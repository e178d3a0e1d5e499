package dev.schemaversion.runner.flyway.history;

import dev.schemaversion.runner.flyway.history.HistoryTable.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which rows of a history stand for versions that are applied or stamped, and not undone. */
final class RowsInForce {
  private RowsInForce() {}

  /** The rows of the versions that are applied or stamped and not undone, as Flyway reads them. */
  static List<Row> of(List<Row> rows) {
    var listed = new ArrayList<Row>();
    var takenBack = new HashSet<Row>();
    for (var row : rows) {
      if (row.version() == null || row.kind() == RowKind.SCHEMA) {
        continue; // a repeatable migration, or the marker of the schemas that Flyway created
      }
      if (row.success() && row.kind() == RowKind.DELETE) {
        // Flyway deletes the last row of the version, even if that was undone or is an undo itself.
        last(listed, row, each -> true).ifPresent(takenBack::add);
        continue;
      }
      if (row.success() && row.kind() == RowKind.UNDO) {
        last(listed, row, each -> each.kind() != RowKind.UNDO && !takenBack.contains(each))
            .ifPresent(takenBack::add);
      }
      listed.add(row);
    }
    return listed.stream()
        .filter(row -> row.success() && row.kind() != RowKind.UNDO && !takenBack.contains(row))
        .toList();
  }

  /** The last migration of the same version; a stamp is none. */
  private static Optional<Row> last(List<Row> listed, Row of, Predicate<Row> which) {
    return listed.reversed().stream()
        .filter(row -> row.kind() != RowKind.BASELINE && row.version().equals(of.version()))
        .filter(which)
        .findFirst();
  }
}
