package dev.schemaversion.runner.flyway.history;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Sha256;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.script.Versions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationVersion;

/** The rows of Flyway's history table. Reading them writes nothing. */
public final class HistoryTable {
  /**
   * One row.
   *
   * @param version null for a repeatable migration and for a marker
   * @param success false for a migration that failed, or was started and has not ended
   */
  public record Row(
      int rank,
      MigrationVersion version,
      String description,
      String type,
      String script,
      Integer checksum,
      boolean success) {
    public RowKind kind() {
      return RowKind.of(type);
    }

    /** What the digest consists of, in the form that earlier releases gave it. */
    private String digested() {
      return "Row[rank=%d, version=%s, type=%s, script=%s, checksum=%s, success=%s]"
          .formatted(rank, version, type, script, checksum, success);
    }
  }

  private static final String BASELINE_SCRIPT = "SQL_BASELINE";
  private static final Set<String> RAN = Set.of("SQL", BASELINE_SCRIPT);

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
  public static HistoryTable read(Connection connection, boolean exists, String name)
      throws SQLException {
    if (!exists) {
      return new HistoryTable(false, List.of());
    }
    var rows = new ArrayList<Row>();
    try (var statement = connection.createStatement();
        var read =
            statement.executeQuery(
                "SELECT installed_rank, version, description, type, script, checksum, success FROM "
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
                read.getString(5),
                read.getObject(6, Integer.class),
                read.getBoolean(7)));
      }
    }
    return new HistoryTable(true, rows);
  }

  /** Whether the table is there. */
  public boolean exists() {
    return exists;
  }

  /** The highest version that was applied or stamped, and not undone. */
  public Optional<MigrationVersion> present() {
    var applied = versions();
    return applied.isEmpty() ? Optional.empty() : Optional.of(applied.last());
  }

  /** The versions that were applied or stamped, and not undone. */
  public SortedSet<MigrationVersion> versions() {
    return RowsInForce.of(rows).stream()
        .map(Row::version)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The rows of versions in force that no script can build, because they were never SQL. */
  public List<Row> notSql() {
    return RowsInForce.of(rows).stream().filter(row -> row.kind() == RowKind.OTHER).toList();
  }

  /** The rows of a type that Flyway does not know. */
  public List<Row> unknown() {
    return rows.stream().filter(row -> row.kind() == RowKind.UNKNOWN).toList();
  }

  /** The version of the baseline script that this history began with, if there was one. */
  public Optional<MigrationVersion> baselineScript() {
    return rows.stream()
        .filter(row -> row.success() && row.type().equals(BASELINE_SCRIPT))
        .map(Row::version)
        .findFirst();
  }

  /** The version this history started from, if it was stamped. */
  public Optional<MigrationVersion> stamp() {
    return rows.stream()
        .filter(row -> row.kind() == RowKind.BASELINE)
        .map(Row::version)
        .findFirst();
  }

  /** The highest version of a stamp or a baseline script; what lies below is not compared. */
  public Optional<MigrationVersion> newestBaseline() {
    return rows.stream()
        .filter(row -> row.version() != null && row.type().endsWith("BASELINE"))
        .map(Row::version)
        .max(Comparator.naturalOrder());
  }

  /** Whether a version is recorded by a stamp of 0 alone, for which no script is needed. */
  public boolean isStampedAtBeginning(MigrationVersion version) {
    return version.equals(Versions.BEGINNING)
        && rows.stream()
            .filter(row -> version.equals(row.version()))
            .allMatch(row -> row.type().equals("BASELINE"));
  }

  /**
   * Whether a version belongs to what this history says was built: a stamp stands for all versions
   * up to it.
   */
  public boolean built(MigrationVersion version) {
    boolean stamped =
        stamp().or(this::baselineScript).filter(stamp -> !version.isNewerThan(stamp)).isPresent();
    return stamped || versions().contains(version);
  }

  /**
   * {@code sha256:<hex>} over what its rows say; when and by whom they were written is left out.
   */
  public String digest() {
    return "sha256:" + Sha256.ofLines(rows.stream().map(Row::digested));
  }

  /** How many migrations are on record; stamps and the like are none. */
  public int migrations() {
    return Math.toIntExact(
        rows.stream().filter(row -> row.success() && RAN.contains(row.type())).count());
  }

  /** The migrations that failed, or were started and have not ended. */
  public List<Row> unfinished() {
    return rows.stream().filter(row -> !row.success()).toList();
  }

  /** Whether there is a row with this rank. */
  public boolean has(int rank) {
    return rows.stream().anyMatch(row -> row.rank() == rank);
  }

  /** The history without {@link #unfinished} migrations. */
  public HistoryTable withoutUnfinished() {
    return new HistoryTable(exists, rows.stream().filter(Row::success).toList());
  }

  /**
   * Refuses a history with a migration that failed.
   *
   * @throws RunFailure {@link Outcome#FAILED_IN_HISTORY}
   */
  public void failIfFailed() {
    if (!unfinished().isEmpty()) {
      throw failed(unfinished().getFirst());
    }
  }

  /** The refusal of a history with this row of a migration that failed. */
  public static RunFailure failed(Row row) {
    return new RunFailure(
        Outcome.FAILED_IN_HISTORY,
        "The history records that "
            + row.script()
            + " failed, so part of it may have run. Nothing was done. Finish or undo that"
            + " migration by hand, take its row out of the history (flyway repair), and set"
            + " the annotation schemaversion.dev/retry.");
  }
}
