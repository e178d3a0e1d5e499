package dev.schemaversion.runner.postgres.clone;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.postgres.scratch.Sessions;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A dump without rows leaves materialized views in a state in which they cannot be read. */
final class MaterializedViews {
  private MaterializedViews() {}

  static List<String> filled(Connection real) throws SQLException {
    return Rows.names(
        real,
        """
        SELECT format('%I.%I', schemaname, matviewname) FROM pg_matviews
        WHERE ispopulated ORDER BY 1
        """);
  }

  /**
   * Fills them, those that read others after these. What cannot be filled from empty tables stays
   * as it is.
   */
  static void fill(Connection clone, List<String> names) throws SQLException {
    var left = new ArrayList<>(names);
    var before = -1;
    while (left.size() != before) {
      before = left.size();
      for (var name : List.copyOf(left)) {
        if (fill(clone, name)) {
          left.remove(name);
        }
      }
    }
  }

  private static boolean fill(Connection clone, String name) throws SQLException {
    try {
      Sessions.execute(clone, "REFRESH MATERIALIZED VIEW " + name);
      return true;
    } catch (SQLException e) {
      if (ScratchUnavailable.isBehind(e)) {
        throw e;
      }
      return false;
    }
  }
}
