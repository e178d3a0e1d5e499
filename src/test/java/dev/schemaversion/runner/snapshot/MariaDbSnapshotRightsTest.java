package dev.schemaversion.runner.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.runner.mariadb.MariaDb.Product;
import dev.schemaversion.testing.MariaDb;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rights that a snapshot of MariaDB or MySQL requires. */
class MariaDbSnapshotRightsTest {
  private static final Scope SCOPE = Scope.of();
  private static final String[] ORIGINAL = MariaDbOriginal.statements();
  private static final String ROUTINES = "MySQL has SHOW_ROUTINE instead of SHOW CREATE ROUTINE";

  @Test
  void theOwnerOfADatabaseSeesTheWholeSchema() throws SQLException {
    var database = MariaDb.fresh().admin(ORIGINAL);
    if (MariaDb.product() == Product.MYSQL) { // where another user owns the routines
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
  void sufficientRightsAreAcceptedFromEveryLevel(String rights, String on) throws SQLException {
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
  void aMissingRightFailsInsteadOfHidingObjects(String right) throws SQLException {
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
          .hasMessageContaining("it lacks " + right + ". GRANT")
          .hasMessageContaining("`" + database.name() + "`.*");
    }
  }

  @Test
  void rightsOnSingleTablesAreInsufficient() throws SQLException {
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
  void aRoutineWithExecuteRightOnlyFails() throws SQLException {
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
}
