package dev.schemaversion.runner.mariadb.impact;

import dev.schemaversion.runner.engine.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Tries a statement on an empty copy of its table with each algorithm and lock, from the least to
 * the most. The first that the server accepts is what it chooses by itself.
 */
final class AlgorithmProbe {
  /** Also the unknown algorithm: MySQL has no NOCOPY. */
  private static final List<Integer> NOT_SUPPORTED = List.of(1845, 1846, 1800, 1801);

  private static final String COPY = "`schemaversion_probe`";

  private static final List<String> ALGORITHMS = List.of("INSTANT", "NOCOPY", "INPLACE", "COPY");
  private static final List<String> LOCKS = List.of("NONE", "SHARED", "EXCLUSIVE");

  private final Connection clone;

  /**
   * Creates a probe.
   *
   * @param clone a session in the clone that has all rights
   */
  AlgorithmProbe(Connection clone) throws SQLException {
    this.clone = clone;
    execute("SET SESSION lock_wait_timeout = 1");
  }

  /**
   * What the server chooses.
   *
   * @param lock null where only metadata change
   */
  record Choice(String algorithm, String lock) {}

  /**
   * Tries the statement.
   *
   * @param migrating the session that will run it, whose settings count
   * @return empty if it cannot be found out in this way
   */
  Optional<Choice> choice(Connection migrating, AlterStatement statement) throws SQLException {
    if (statement.renamesTable()) {
      return Optional.of(new Choice("INSTANT", null));
    }
    adopt(migrating);
    try {
      execute("DROP TABLE IF EXISTS " + COPY);
      execute("CREATE TABLE " + COPY + " LIKE `" + statement.table().replace("`", "``") + "`");
    } catch (SQLException e) {
      return Optional.empty(); // a view, or locked by the script itself
    }
    try {
      return accepted(statement);
    } finally {
      execute("DROP TABLE IF EXISTS " + COPY);
    }
  }

  private void adopt(Connection migrating) throws SQLException {
    var settings =
        Rows.of(
                migrating,
                "SELECT @@foreign_key_checks, @@sql_mode",
                row -> List.of(row.getString(1), row.getString(2)))
            .getFirst();
    execute(
        "SET SESSION foreign_key_checks = "
            + settings.getFirst()
            + ", sql_mode = '"
            + settings.getLast()
            + "'");
  }

  private Optional<Choice> accepted(AlterStatement statement) {
    var algorithms = statement.algorithm().map(List::of).orElse(ALGORITHMS);
    var locks = statement.lock().map(List::of).orElse(LOCKS);
    for (var algorithm : algorithms) {
      // With INSTANT, MySQL allows no word about the lock.
      var tried = algorithm.equals("INSTANT") ? locks.subList(0, 1) : locks;
      for (var lock : tried) {
        var forced = algorithm.equals("INSTANT") ? null : lock;
        try {
          execute(statement.on(COPY, algorithm, forced));
          return Optional.of(new Choice(algorithm, forced));
        } catch (SQLException e) {
          if (!NOT_SUPPORTED.contains(e.getErrorCode())) {
            return Optional.empty();
          }
        }
      }
    }
    return Optional.empty();
  }

  private void execute(String sql) throws SQLException {
    try (var statement = clone.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
