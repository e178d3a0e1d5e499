package dev.schemaversion.runner.flyway.history;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes checksums and descriptions of changed files into the history, as {@code flyway repair}
 * does, but all of them or none, and only where the rows are still those that were read.
 */
final class ChecksumUpdate {
  private final Connection session;
  private final String history;

  /**
   * An update in a session of its own: the one that holds the run lock never has a transaction.
   *
   * @param history the table as it stands in SQL
   */
  ChecksumUpdate(Connection session, String history) {
    this.session = session;
    this.history = history;
  }

  /**
   * Writes them.
   *
   * @throws RunFailure {@link Outcome#LOCK_BUSY} if a row has changed meanwhile
   */
  void write(List<ChangedMigration> changed) throws SQLException {
    session.setAutoCommit(false);
    try {
      for (var each : changed) {
        if (update(each) != 1) {
          throw new RunFailure(
              Outcome.LOCK_BUSY,
              "While the checksum of "
                  + each.script()
                  + " was about to be written, something else changed its row in the history."
                  + " Nothing was written; the operator retries.");
        }
      }
      session.commit();
    } catch (SQLException | RuntimeException e) {
      rollBack(e);
      throw e;
    }
  }

  private void rollBack(Exception cause) {
    try {
      session.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e); // the server does it when the session has ended
    }
  }

  private int update(ChangedMigration changed) throws SQLException {
    var sql =
        "UPDATE "
            + history
            + " SET checksum = ?, description = ? WHERE installed_rank = ? AND type = 'SQL'"
            + " AND description = ? AND checksum "
            + (changed.oldChecksum() == null ? "IS NULL" : "= ?");
    try (var statement = session.prepareStatement(sql)) {
      statement.setInt(1, changed.checksum());
      statement.setString(2, changed.description());
      statement.setInt(3, changed.rank());
      statement.setString(4, changed.oldDescription());
      if (changed.oldChecksum() != null) {
        statement.setInt(5, changed.oldChecksum());
      }
      return statement.executeUpdate();
    }
  }
}
