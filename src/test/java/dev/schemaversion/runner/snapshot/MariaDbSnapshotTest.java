package dev.schemaversion.runner.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.runner.mariadb.MariaDb.Product;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.snapshot.postgres.RoundTrip;
import dev.schemaversion.testing.MariaDb;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Snapshots of equal schemas are equal on MariaDB and MySQL. */
class MariaDbSnapshotTest {
  private static final Scope SCOPE = Scope.of();
  private static final String[] ORIGINAL = MariaDbOriginal.statements();

  @Test
  void equalSchemasAreEqualIndependentOfNamesAndSettings() throws SQLException {
    var one = MariaDb.fresh().admin(ORIGINAL);
    var two = MariaDb.fresh().admin(ORIGINAL);
    try (var plain = one.connect();
        var other = two.connect();
        var statement = other.createStatement()) {
      statement.execute(
          "SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES"
              + (MariaDb.product() == Product.MARIADB ? ",NO_TABLE_OPTIONS" : "")
              + "', time_zone = '+09:00', sql_quote_show_create = 0");
      var found = read(other);

      assertThat(found.lines()).isEqualTo(read(plain).lines()).hasSizeGreaterThan(50);
      assertThat(found.fingerprint()).isEqualTo(read(plain).fingerprint());
      assertThat(found.lines()).noneMatch(line -> line.toString().contains(two.name()));
      assertThat(found.header().lines())
          .containsExactly("format 2", "engine " + MariaDb.engine(), "major " + MariaDb.release());
    }
  }

  @Test
  void aSnapshotRestoresTheSession() throws SQLException {
    var settings =
        "SELECT CONCAT_WS(' ', @@sql_mode, @@time_zone, @@lock_wait_timeout,"
            + " @@sql_quote_show_create, @@autocommit)";
    try (var connection = MariaDb.fresh().connect();
        var statement = connection.createStatement()) {
      statement.execute("SET sql_mode = 'ANSI_QUOTES', time_zone = '+09:00'");
      var before = first(connection, settings);

      read(connection);

      assertThat(first(connection, settings)).isEqualTo(before);
    }
  }

  @Test
  void anOpenTransactionIsRejected() throws SQLException {
    try (var connection = MariaDb.fresh().connect()) {
      connection.setAutoCommit(false);

      assertThatThrownBy(() -> read(connection)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aDatabaseWithoutObjectsIsEmpty() throws SQLException {
    var database = MariaDb.fresh();
    try (var connection = database.connect()) {
      assertThat(read(connection).isEmpty()).isTrue();

      database.admin("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1");
      assertThat(read(connection).isEmpty()).isFalse();
    }
  }

  @Test
  void ignoredObjectsAreCounted() throws SQLException {
    var database = MariaDb.fresh().admin("CREATE TABLE tmp_x (a INT, KEY i (a))");
    try (var connection = database.connect()) {
      var pattern = IgnorePattern.of("* tmp_*");
      var snapshot = new SnapshotReader(connection, new Scope(List.of(), List.of(pattern))).read();

      assertThat(snapshot.ignored()).containsEntry("* tmp_*", 3);
    }
  }

  /** As into the clone that a rehearsal runs on; there the name is the same. */
  @Test
  void aDumpRestoredIntoAnotherDatabaseIsNoDifference() throws SQLException {
    // its default names the database
    var original = MariaDb.fresh().admin(ORIGINAL).admin("DROP TABLE IF EXISTS us");
    var restored =
        MariaDb.fresh().restore(original.dump("--no-data", "--routines", "--events", "--triggers"));
    try (var one = original.connect();
        var two = restored.connect()) {
      var comparison = Comparison.of(read(one), read(two));

      assertThat(comparison.differences()).isEmpty();
      assertThat(new RoundTrip(one, SCOPE).settle(comparison)).isEqualTo(comparison);
    }
  }

  @Test
  void aBrokenTableFailsInsteadOfBeingOmitted() throws SQLException {
    MariaDb.onlyMariaDb("MySQL opens such a table for SHOW CREATE");
    var database =
        MariaDb.fresh()
            .admin(
                "CREATE TABLE part (a INT) ENGINE=MyISAM",
                "CREATE TABLE whole (a INT) ENGINE=MERGE UNION=(part)",
                "DROP TABLE part");
    try (var connection = database.connect()) {
      assertThatThrownBy(() -> read(connection))
          .isInstanceOf(CannotReadCatalog.class)
          .hasMessageContaining("The server cannot read TABLE `whole`");
    }
  }

  private static Snapshot read(Connection connection) throws SQLException {
    return new SnapshotReader(connection, SCOPE).read();
  }

  private static String first(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
