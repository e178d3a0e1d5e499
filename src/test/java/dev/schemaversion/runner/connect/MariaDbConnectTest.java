package dev.schemaversion.runner.connect;

import static dev.schemaversion.runner.connect.ExpectedEnd.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Sha256;
import dev.schemaversion.contract.request.TlsMode;
import dev.schemaversion.runner.Job;
import dev.schemaversion.runner.mariadb.MariaDb.Product;
import dev.schemaversion.testing.MariaDb;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a run on MariaDB ends that finds no way in, or somebody else at work. */
class MariaDbConnectTest {
  private static final boolean MARIADB = MariaDb.product() == Product.MARIADB;

  @TempDir Path root;

  private MariaDb.Database database;

  private Job job;

  @BeforeEach
  void prepare() throws IOException {
    database = MariaDb.fresh();
    job = new Job(root, database).tables(1).withoutScratch();
    var authority = job.files.under(Mounts.CA);
    Files.createDirectories(authority.getParent());
    Files.copy(database.certificate(), authority);
  }

  @Test
  void aWrongPasswordIsDeniedAndNotPrinted() {
    job.secret("password", "guess what");

    assertThat(message(job, Outcome.ACCESS_DENIED))
        .contains(database.user())
        .doesNotContain("guess");
  }

  @Test
  void aDatabaseThatIsNotThereIsDenied() {
    job.database = "nowhere";

    assertThat(message(job, Outcome.ACCESS_DENIED)).contains("“nowhere”");
  }

  @Test
  void aClosedPortIsUnreachable() throws IOException {
    try (var socket = new ServerSocket(0)) {
      job.port = socket.getLocalPort();
    }

    assertThat(message(job, Outcome.DATABASE_UNREACHABLE)).contains("connection refused");
  }

  @ParameterizedTest
  @EnumSource
  void everyModeOfTlsReachesAServerThatHasIt(TlsMode mode) {
    job.tlsMode = mode;
    job.file(
        "V1__table_1.sql",
        "CREATE TABLE seen AS SELECT variable_value AS cipher FROM "
            + (MARIADB ? "information_schema" : "performance_schema")
            + ".session_status WHERE variable_name = 'Ssl_cipher';");
    if (!MARIADB && mode == TlsMode.Disable) {
      assertThat(message(job, Outcome.ACCESS_DENIED))
          .contains("caching_sha2_password", "spec.database.tls.mode");
      return;
    }

    message(job, Outcome.SUCCEEDED);

    assertThat(database.query("SELECT cipher <> '' FROM seen"))
        .containsExactly(mode == TlsMode.Disable ? "0" : "1");
  }

  @Test
  void aCertificateForAnotherHostIsRefused() {
    job.tlsMode = TlsMode.VerifyFull;
    job.host = "127.0.0.1";

    assertThat(message(job, Outcome.DATABASE_UNREACHABLE)).contains("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a`b", "x?allowLocalInfile=true", "x&autoDeserialize=true", "x;y", "x'y"})
  void whatCouldMeanSomethingElsewhereIsPlainDataOrRefused(String name) {
    job.database = name;

    assertThat(job.sync().report().outcome()).isIn(Outcome.ACCESS_DENIED, Outcome.INVALID_REQUEST);
  }

  @Test
  void aServerCannotAskForTheRunnersFiles() throws IOException {
    var file = Files.writeString(root.resolve("secret.txt"), "mine\n");
    job.file(
        "V1__table_1.sql",
        "CREATE TABLE t (a text);\nLOAD DATA LOCAL INFILE '" + file + "' INTO TABLE t;\n");

    assertThat(job.sync().report().outcome()).isNotEqualTo(Outcome.SUCCEEDED);
    assertThat(database.query("SELECT a FROM t")).isEmpty();
  }

  @Test
  void aSecondRunnerLeaves() throws SQLException {
    var lock = "schemaversion/" + Sha256.of(database.name()).substring(0, 40);
    try (var other = database.connectAsOwner();
        var statement = other.createStatement()) {
      statement.execute("SELECT GET_LOCK('" + lock + "', 0)");

      assertThat(message(job, Outcome.LOCK_BUSY)).contains("session ", database.user());
    }
    message(job, Outcome.SUCCEEDED);
  }

  @Test
  void aFlywayOfSomebodyElseIsBusyToo() throws SQLException {
    var history = "`" + database.name() + "`.`flyway_schema_history`";
    try (var other = database.connectAsOwner();
        var statement = other.createStatement()) {
      statement.execute("SELECT GET_LOCK('Flyway-" + history.hashCode() + "', 0)");

      assertThat(message(job, Outcome.LOCK_BUSY)).contains("Another Flyway");
    }
  }

  @Test
  void schemasAndRolesAreForPostgreSql() {
    job.schemas = List.of("public");
    assertThat(message(job, Outcome.INVALID_REQUEST)).contains("spec.database.schemas");
    job.schemas = List.of();
    job.role = "owner";
    assertThat(message(job, Outcome.INVALID_REQUEST)).contains("spec.database.role");
  }

  @Test
  void anotherServerThanTheResourceSaysIsRefused() {
    job.engine = MARIADB ? "MySQL" : "MariaDB";

    assertThat(message(job, Outcome.INVALID_REQUEST)).contains("answers " + MariaDb.engine());
  }
}
