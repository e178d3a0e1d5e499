package dev.schemaversion.runner.postgres.clone;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.postgres.scratch.Sessions;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Refreshes materialized views after a restore, because a dump without rows leaves them unreadable.
 */
final class MaterializedViews {
  private MaterializedViews() {}

  /** Lists the populated materialized views. */
  static List<String> populated(Connection real) throws SQLException {
    return Rows.names(
        real,
        """
        SELECT format('%I.%I', schemaname, matviewname) FROM pg_matviews
        WHERE ispopulated ORDER BY 1
        """);
  }

  /**
   * Refreshes materialized views, dependent ones last. A view that cannot be refreshed from empty
   * tables stays unpopulated.
   */
  static void refresh(Connection clone, List<String> names) throws SQLException {
    var pending = new ArrayList<>(names);
    var before = -1;
    while (pending.size() != before) {
      before = pending.size();
      for (var name : List.copyOf(pending)) {
        if (refresh(clone, name)) {
          pending.remove(name);
        }
      }
    }
  }

  private static boolean refresh(Connection clone, String name) throws SQLException {
    try {
      Sessions.execute(clone, "REFRESH MATERIALIZED VIEW " + name);
      return true;
    } catch (SQLException e) {
      if (ScratchUnavailable.isCauseOf(e)) {
        throw e;
      }
      return false;
    }
  }
}
