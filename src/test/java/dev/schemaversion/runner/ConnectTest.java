package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.TlsMode;
import dev.schemaversion.testing.Certificates;
import dev.schemaversion.testing.Postgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests, credentials and connections, good and bad. */
class ConnectTest {
  private static final String ENCRYPTED =
      "CREATE TABLE tls AS SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = new Job(root, database).tables(1);
  }

  @Test
  void hostPortAndNameMayComeFromTheSecretWithLineBreaksAtTheirEnds() {
    job.secret("host", "localhost\n")
        .secret("port", job.port + "\n")
        .secret("dbname", job.database);
    job.secret("password", Postgres.PASSWORD + "\n");
    job.host = null;
    job.port = null;
    job.database = null;

    assertThat(ended(Outcome.SUCCEEDED)).contains("at 1");
  }

  @Test
  void allOfItMayComeFromAUrlInTheSecret() {
    var user = database.user();
    for (var key : List.of("username", "password", "host")) {
      job.secret(key, null);
    }
    job.secret(
        "uri",
        "postgres://%s:%s@localhost:%d/%s?sslmode=prefer"
            .formatted(
                user,
                URLEncoder.encode(Postgres.PASSWORD, StandardCharsets.UTF_8).replace("+", "%20"),
                job.port,
                job.database));
    job.host = null;
    job.port = null;
    job.database = null;

    assertThat(ended(Outcome.SUCCEEDED)).contains("at 1");
  }

  @Test
  void aUrlThatWantsTheCertificateVerifiedNeedsTheAuthority() {
    job.secret("uri", "postgres://localhost:%d/x?sslmode=verify-full".formatted(job.port)).host =
        null;

    assertThat(ended(Outcome.INVALID_REQUEST)).contains("verify-full", "spec.database.tls");
  }

  @Test
  void missingKeysOfTheSecretAreNamed() {
    job.secret("password", null);
    assertThat(ended(Outcome.CREDENTIALS_MISSING)).contains("lacks password.", "a URL");

    job.secret("username", null);
    job.host = null;
    assertThat(ended(Outcome.CREDENTIALS_MISSING))
        .contains("lacks username, password, host.", "spec.database");
  }

  @Test
  void aMissingSecretIsNoFault() throws IOException {
    for (var key : List.of("username", "password")) {
      job.secret(key, null);
    }
    Files.delete(job.under(Mounts.SECRET));

    assertThat(ended(Outcome.CREDENTIALS_MISSING)).contains("username, password");
  }

  @Test
  void aWrongPasswordIsDeniedAndNotPrinted() {
    job.secret("password", "not the password");

    var run = job.sync();

    assertThat(run.report().outcome()).isEqualTo(Outcome.ACCESS_DENIED);
    assertThat(run.report().message()).contains(job.database, database.user(), "28P01");
    assertThat(run.log() + run.report()).doesNotContain("not the password");
  }

  @Test
  void aDatabaseThatDoesNotExistIsDenied() {
    job.database = "nowhere";

    assertThat(ended(Outcome.ACCESS_DENIED)).contains("nowhere", "3D000");
  }

  @Test
  void aDatabaseThatTheUserMayNotEnterIsDenied() {
    database.admin("REVOKE CONNECT ON DATABASE " + database.name() + " FROM PUBLIC");
    database.admin("ALTER DATABASE " + database.name() + " OWNER TO postgres");

    assertThat(ended(Outcome.ACCESS_DENIED)).contains("42501");
  }

  @Test
  void aRoleThatTheUserMayNotTakeOnIsDenied() {
    job.role = "postgres";
    assertThat(ended(Outcome.ACCESS_DENIED)).contains("role “postgres”", "42501");

    job.role = "nobody_has_made_me";
    assertThat(ended(Outcome.ACCESS_DENIED)).contains("does not exist", "GRANT");
  }

  @Test
  void aUserThatMayNotCreateTheHistoryIsDeniedAtOnceAndWritesNothing() {
    database.admin("ALTER SCHEMA public OWNER TO postgres");
    var before = database.dump();

    assertThat(ended(Outcome.ACCESS_DENIED)).contains("may not create", "schema “public”");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aServerWhoseIdentifierIsNotReadableIsUnknownAndIsWorkedOnAllTheSame() {
    database.admin("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");

    var report = job.sync().report();

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.database().server()).isEqualTo("unknown");
    job.expected = report.database();
    assertThat(ended(Outcome.SUCCEEDED)).contains("already");
  }

  @Test
  void aHostThatIsNotKnownIsUnreachable() {
    job.host = "no-such-host.invalid";

    assertThat(ended(Outcome.DATABASE_UNREACHABLE))
        .contains("no-such-host.invalid:" + job.port, "unknown host name");
  }

  @Test
  void aPortWhereNobodyListensIsUnreachable() throws IOException {
    try (var free = new ServerSocket(0)) {
      job.port = free.getLocalPort();
    }

    assertThat(ended(Outcome.DATABASE_UNREACHABLE))
        .contains("localhost:" + job.port, "connection refused");
  }

  @Test
  void aServerThatNeverAnswersIsUnreachable() throws IOException {
    try (var silent = new ServerSocket(0)) {
      job.port = silent.getLocalPort();

      assertThat(ended(Outcome.DATABASE_UNREACHABLE)).contains("localhost:" + job.port);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost/x?user=postgres", "a b", "", "h,other", "@h"})
  void aHostThatIsNoneIsInvalid(String host) {
    job.host = host;

    assertThat(ended(Outcome.INVALID_REQUEST)).contains("“" + host + "”");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "0", "65536", "-1", "5432x"})
  void aPortThatIsNoneIsInvalid(String port) {
    job.port = null;
    job.secret("port", port);

    assertThat(ended(Outcome.INVALID_REQUEST)).contains("“" + port + "”");
  }

  @Test
  void aDatabaseNameCannotSmuggleInAnOption() {
    job.database = "postgres?user=postgres&options=-crole=postgres";

    assertThat(ended(Outcome.ACCESS_DENIED)).contains("3D000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "null"})
  void aRequestThatIsNoneIsInvalidAndReported(String text) {
    var run = job.run(text);

    assertThat(run.report().outcome()).as(run.log()).isEqualTo(Outcome.INVALID_REQUEST);
    assertThat(run.written()).isEqualTo(run.report());
  }

  @Test
  void anotherEngineIsInvalid() {
    job.engine = "Oracle";

    assertThat(ended(Outcome.INVALID_REQUEST)).contains("Oracle");
  }

  @ParameterizedTest
  @EnumSource(TlsMode.class)
  void theConnectionIsSecuredAsAsked(TlsMode mode) throws IOException {
    trust(database.certificate());
    job.tlsMode = mode;
    job.file("V1__table_1.sql", ENCRYPTED);

    assertThat(ended(Outcome.SUCCEEDED)).contains("at 1");
    assertThat(database.query("SELECT ssl FROM tls"))
        .containsExactly(mode == TlsMode.Disable ? "f" : "t");
  }

  @ParameterizedTest
  @EnumSource(names = {"VerifyCA", "VerifyFull"})
  void aCertificateOfAnotherAuthorityIsNotTrusted(TlsMode mode) throws IOException {
    var other = Files.createDirectory(root.resolve("other"));
    Certificates.selfSigned(other, "localhost");
    trust(other.resolve("server.crt"));
    job.tlsMode = mode;

    assertThat(ended(Outcome.DATABASE_UNREACHABLE)).contains("TLS failed");
  }

  @Test
  void aCertificateForAnotherHostIsTrustedOnlyAsFarAsItGoes() throws IOException {
    trust(database.certificate());
    job.host = "127.0.0.1";

    job.tlsMode = TlsMode.VerifyFull;
    assertThat(ended(Outcome.DATABASE_UNREACHABLE)).contains("127.0.0.1");

    job.tlsMode = TlsMode.VerifyCA;
    ended(Outcome.SUCCEEDED);
  }

  @Test
  void aLoginIsBoundToTheConnectionWhereThatIsAsked() throws IOException {
    trust(database.certificate());
    job.parameters = Map.of("channelBinding", "require", "connectTimeout", "30");

    job.tlsMode = TlsMode.Disable;
    assertThat(ended(Outcome.ACCESS_DENIED)).containsIgnoringCase("channel binding");

    job.tlsMode = TlsMode.VerifyFull;
    job.scratch = Postgres.scratch(); // pg_dump is told it too
    ended(Outcome.SUCCEEDED);
  }

  @Test
  void aMissingAuthorityIsNotTrust() {
    job.tlsMode = TlsMode.VerifyFull;

    assertThat(ended(Outcome.DATABASE_UNREACHABLE)).contains("ca.crt");
  }

  private void trust(Path certificate) throws IOException {
    var file = job.under(Mounts.CA);
    Files.createDirectories(file.getParent());
    Files.copy(certificate, file);
  }

  private String ended(Outcome outcome) {
    var run = job.sync();
    assertThat(run.report().outcome()).as(run.log()).isEqualTo(outcome);
    assertThat(run.log()).doesNotContain(Postgres.PASSWORD, "jdbc:");
    assertThat(run.written()).isEqualTo(run.report());
    return run.report().message();
  }
}
