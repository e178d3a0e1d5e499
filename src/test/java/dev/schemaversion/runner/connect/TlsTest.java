package dev.schemaversion.runner.connect;

import static dev.schemaversion.runner.connect.ExpectedEnd.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.TlsMode;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Certificates;
import dev.schemaversion.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How far a connection is encrypted and the server verified. */
class TlsTest {
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

  @ParameterizedTest
  @EnumSource(TlsMode.class)
  void theConnectionIsSecuredAsAsked(TlsMode mode) throws IOException {
    trust(database.certificate());
    job.tlsMode = mode;
    job.file("V1__table_1.sql", ENCRYPTED);

    assertThat(message(job, Outcome.SUCCEEDED)).contains("at 1");
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

    assertThat(message(job, Outcome.DATABASE_UNREACHABLE)).contains("TLS failed");
  }

  @Test
  void aCertificateForAnotherHostIsTrustedOnlyAsFarAsItGoes() throws IOException {
    trust(database.certificate());
    job.host = "127.0.0.1";

    job.tlsMode = TlsMode.VerifyFull;
    assertThat(message(job, Outcome.DATABASE_UNREACHABLE)).contains("127.0.0.1");

    job.tlsMode = TlsMode.VerifyCA;
    message(job, Outcome.SUCCEEDED);
  }

  @Test
  void aLoginIsBoundToTheConnectionWhereThatIsAsked() throws IOException {
    trust(database.certificate());
    job.parameters = Map.of("channelBinding", "require", "connectTimeout", "30");

    job.tlsMode = TlsMode.Disable;
    assertThat(message(job, Outcome.ACCESS_DENIED)).containsIgnoringCase("channel binding");

    job.tlsMode = TlsMode.VerifyFull;
    job.scratch = Postgres.scratch(); // pg_dump is told it too
    message(job, Outcome.SUCCEEDED);
  }

  @Test
  void aMissingAuthorityIsNotTrust() {
    job.tlsMode = TlsMode.VerifyFull;

    assertThat(message(job, Outcome.DATABASE_UNREACHABLE)).contains("ca.crt");
  }

  private void trust(Path certificate) throws IOException {
    var file = job.files.under(Mounts.CA);
    Files.createDirectories(file.getParent());
    Files.copy(certificate, file);
  }
}
