package dev.schemaversion.runner.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.runner.mariadb.MariaDb.Product;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.snapshot.postgres.RoundTrip;
import dev.schemaversion.testing.MariaDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a snapshot of MariaDB is the same for, and who may take one. */
class MariaDbSnapshotTest {
  private static final Scope SCOPE = Scope.of();
  private static final String[] ORIGINAL = original().split(";\n", -1);
  private static final String ROUTINES = "MySQL has SHOW_ROUTINE instead of SHOW CREATE ROUTINE";

  @Test
  void twoDatabasesOfOneSchemaAreEqualWhateverTheirNamesAndSettings() throws SQLException {
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
          .containsExactly("format 1", "engine " + MariaDb.engine(), "major " + MariaDb.release());
    }
  }

  @Test
  void aSnapshotLeavesNothingBehindInTheSession() throws SQLException {
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
  void aTransactionThatIsOpenIsRefused() throws SQLException {
    try (var connection = MariaDb.fresh().connect()) {
      connection.setAutoCommit(false);

      assertThatThrownBy(() -> read(connection)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void emptyIsADatabaseWithNothingButAHistory() throws SQLException {
    var database = MariaDb.fresh();
    try (var connection = database.connect()) {
      assertThat(read(connection).isEmpty()).isTrue();

      database.admin("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1");
      assertThat(read(connection).isEmpty()).isFalse();
    }
  }

  @Test
  void whatIsIgnoredIsCountedByItsPlainName() throws SQLException {
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
  void theOwnerOfADatabaseSeesAllThatTheSuperuserSees() throws SQLException {
    var database = MariaDb.fresh().admin(ORIGINAL);
    if (MariaDb.product() == Product.MYSQL) { // where routines are somebody else's
      database.admin("GRANT SHOW_ROUTINE ON *.* TO " + database.user());
    }
    try (var owner = database.connectAsOwner();
        var superuser = database.connect()) {
      assertThat(read(owner).lines()).isEqualTo(read(superuser).lines());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          SELECT, SHOW VIEW, TRIGGER, EVENT, SHOW CREATE ROUTINE; `here`.*
          SELECT, SHOW VIEW, TRIGGER, EVENT, SHOW CREATE ROUTINE; *.*
          ALL; `her_`.*
          ALL; `h%`.*
          """)
  void enoughRightsAreEnoughWhereverTheyComeFrom(String rights, String on) throws SQLException {
    MariaDb.onlyMariaDb(ROUTINES);
    var database = MariaDb.fresh().admin(ORIGINAL);
    var here = database.name();
    var where =
        on.replace("here", here)
            .replace("her_", here.substring(0, here.length() - 1) + "_")
            .replace("h%", here.substring(0, 1) + "%");
    database.admin(
        "CREATE USER reader_of_" + database.name(),
        "GRANT " + rights + " ON " + where + " TO reader_of_" + database.name());
    try (var reader =
            database.server().connect(database.name(), "reader_of_" + database.name(), "");
        var superuser = database.connect()) {
      assertThat(read(reader).lines()).isEqualTo(read(superuser).lines());
    }
  }

  @Test
  void rightsOfARoleCount() throws SQLException {
    MariaDb.onlyMariaDb("MySQL does not tell a user what comes through a role");
    var database = MariaDb.fresh().admin(ORIGINAL);
    var name = database.name();
    database.admin(
        "CREATE ROLE role_" + name,
        "GRANT ALL ON " + name + ".* TO role_" + name,
        "CREATE USER member_" + name,
        "GRANT role_" + name + " TO member_" + name,
        "SET DEFAULT ROLE role_" + name + " FOR member_" + name);
    try (var member = database.server().connect(name, "member_" + name, "");
        var superuser = database.connect()) {
      assertThat(read(member).lines()).isEqualTo(read(superuser).lines());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT", "SHOW VIEW", "TRIGGER", "EVENT", "SHOW CREATE ROUTINE"})
  void aRightThatIsMissingIsToldAndWhatItHidesIsNotTakenForAbsent(String right)
      throws SQLException {
    MariaDb.onlyMariaDb(ROUTINES);
    var database = MariaDb.fresh().admin("CREATE TABLE t (a INT)");
    var user = "without_one_" + database.name();
    database.admin(
        "CREATE USER " + user,
        "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, SHOW CREATE ROUTINE, INSERT ON "
            + database.name()
            + ".* TO "
            + user,
        "REVOKE " + right + " ON " + database.name() + ".* FROM " + user);
    try (var blind = database.server().connect(database.name(), user, "")) {
      assertThatThrownBy(() -> read(blind))
          .isInstanceOf(CannotReadCatalog.class)
          .hasMessageContaining("it lacks " + right + ". Grant")
          .hasMessageContaining("`" + database.name() + "`.*");
    }
  }

  @Test
  void aTableThatIsBrokenIsToldAndNotTakenForAbsent() throws SQLException {
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
          .hasMessageContaining("Nobody can read TABLE `whole`");
    }
  }

  @Test
  void rightsOnSomeTablesOnlyAreNotEnough() throws SQLException {
    var database = MariaDb.fresh().admin("CREATE TABLE t (a INT)", "CREATE TABLE u (a INT)");
    var user = "some_" + database.name();
    database.admin(
        "CREATE USER " + user,
        "GRANT ALL ON " + database.name() + ".t TO " + user,
        "GRANT ALL ON `another%`.* TO " + user);
    try (var blind = database.server().connect(database.name(), user, "")) {
      assertThatThrownBy(() -> read(blind))
          .isInstanceOf(CannotReadCatalog.class)
          .hasMessageContaining("SELECT, SHOW VIEW, TRIGGER, EVENT, SHOW");
    }
  }

  @Test
  void aRoutineThatMayBeCalledAndNotReadIsTold() throws SQLException {
    var database = MariaDb.fresh().admin("CREATE FUNCTION f() RETURNS INT RETURN 1");
    var user = "caller_" + database.name();
    database.admin(
        "CREATE USER " + user,
        "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, EXECUTE ON " + database.name() + ".* TO " + user);
    try (var caller = database.server().connect(database.name(), user, "")) {
      assertThatThrownBy(() -> read(caller))
          .isInstanceOf(CannotReadCatalog.class)
          .hasMessageContaining("function `f`")
          .hasMessageContaining("SHOW CREATE ROUTINE");
    }
    database.admin(
        "GRANT "
            + (MariaDb.product() == Product.MARIADB
                ? "SELECT ON mysql.proc"
                : "SHOW_ROUTINE ON *.*")
            + " TO "
            + user);
    try (var caller = database.server().connect(database.name(), user, "")) {
      assertThat(read(caller).lines()).extracting(Line::title).contains("function f");
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

  private static String original() {
    try (var stream =
        MariaDbSnapshotTest.class.getResourceAsStream(
            MariaDb.product() == Product.MARIADB ? "mariadb-original.sql" : "mysql-original.sql")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
