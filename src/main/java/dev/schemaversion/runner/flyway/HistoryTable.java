package dev.schemaversion.runner.flyway;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Sha256;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.script.Versions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.flywaydb.core.api.MigrationVersion;

/** The rows of Flyway's history table. Reading them writes nothing. */
public final class HistoryTable {
  /**
   * One row.
   *
   * @param success false for a migration that failed, or was started and has not ended
   */
  record Row(
      int rank,
      MigrationVersion version,
      String type,
      String script,
      Integer checksum,
      boolean success) {}

  private final boolean exists;
  private final List<Row> rows;

  private HistoryTable(boolean exists, List<Row> rows) {
    this.exists = exists;
    this.rows = rows;
  }

  /**
   * Reads it.
   *
   * @param exists whether there is such a table
   * @param name the table's name as it stands in SQL
   */
  static HistoryTable read(Connection connection, boolean exists, String name) throws SQLException {
    if (!exists) {
      return new HistoryTable(false, List.of());
    }
    var rows = new ArrayList<Row>();
    try (var statement = connection.createStatement();
        var read =
            statement.executeQuery(
                "SELECT installed_rank, version, type, script, checksum, success FROM "
                    + name
                    + " ORDER BY installed_rank")) {
      while (read.next()) {
        var version = read.getString(2);
        rows.add(
            new Row(
                read.getInt(1),
                version == null ? null : Versions.of(version),
                read.getString(3),
                read.getString(4),
                read.getObject(5, Integer.class),
                read.getBoolean(6)));
      }
    }
    return new HistoryTable(true, rows);
  }

  /** Whether the table is there. */
  boolean exists() {
    return exists;
  }

  /** The highest version that was applied or stamped and not taken back. */
  Optional<MigrationVersion> present() {
    var applied = versions();
    return applied.isEmpty() ? Optional.empty() : Optional.of(applied.last());
  }

  /** The versions that were applied or stamped and not taken back. */
  public SortedSet<MigrationVersion> versions() {
    var applied = new TreeSet<MigrationVersion>();
    for (var row : rows) {
      if (row.version() == null || row.type().equals("SCHEMA") || !row.success()) {
        continue; // the type says which schemas Flyway created
      }
      if (takesBack(row)) {
        applied.remove(row.version());
      } else {
        applied.add(row.version());
      }
    }
    return applied;
  }

  /** The version this history started from, if it was stamped. */
  Optional<MigrationVersion> stamp() {
    return rows.stream().filter(row -> row.type().equals("BASELINE")).map(Row::version).findFirst();
  }

  /**
   * Whether a version belongs to what this history says was built: a stamp stands for all versions
   * up to it.
   */
  boolean built(MigrationVersion version) {
    boolean stamped = stamp().filter(stamp -> !version.isNewerThan(stamp)).isPresent();
    return stamped || versions().contains(version);
  }

  private static boolean takesBack(Row row) {
    return row.type().equals("DELETE") || row.type().startsWith("UNDO");
  }

  /**
   * {@code sha256:<hex>} over what its rows say; when and by whom they were written is left out.
   */
  String digest() {
    return "sha256:" + Sha256.ofLines(rows.stream().map(Row::toString));
  }

  /** How many migrations are on record; stamps and the like are none. */
  int migrations() {
    return Math.toIntExact(
        rows.stream()
            .filter(row -> row.success() && row.version() != null && row.type().equals("SQL"))
            .count());
  }

  /** The migrations that failed, or were started and have not ended. */
  List<Row> unfinished() {
    return rows.stream().filter(row -> !row.success()).toList();
  }

  /**
   * Refuses a history with a migration that failed.
   *
   * @throws RunFailure {@link Outcome#FAILED_IN_HISTORY}
   */
  void failIfFailed() {
    if (!unfinished().isEmpty()) {
      throw failed(unfinished().getFirst());
    }
  }

  /** The refusal of a history with this row of a migration that failed. */
  static RunFailure failed(Row row) {
    return new RunFailure(
        Outcome.FAILED_IN_HISTORY,
        "The history records that "
            + row.script()
            + " failed, so part of it may have run. Nothing was done. Finish or undo that"
            + " migration by hand, take its row out of the history (flyway repair), and set"
            + " the annotation schemaversion.dev/retry.");
  }
}
