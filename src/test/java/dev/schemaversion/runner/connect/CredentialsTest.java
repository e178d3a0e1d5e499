package dev.schemaversion.runner.connect;

import static dev.schemaversion.runner.connect.ExpectedEnd.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Address and credentials from the Secret, and what is missing there. */
class CredentialsTest {
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

    assertThat(message(job, Outcome.SUCCEEDED)).contains("at 1");
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

    assertThat(message(job, Outcome.SUCCEEDED)).contains("at 1");
  }

  @Test
  void aUrlThatWantsTheCertificateVerifiedNeedsTheAuthority() {
    job.secret("uri", "postgres://localhost:%d/x?sslmode=verify-full".formatted(job.port)).host =
        null;

    assertThat(message(job, Outcome.INVALID_REQUEST)).contains("verify-full", "spec.database.tls");
  }

  @Test
  void missingKeysOfTheSecretAreNamed() {
    job.secret("password", null);
    assertThat(message(job, Outcome.CREDENTIALS_MISSING)).contains("lacks password.", "a URL");

    job.secret("username", null);
    job.host = null;
    assertThat(message(job, Outcome.CREDENTIALS_MISSING))
        .contains("lacks username, password, host.", "spec.database");
  }

  @Test
  void aMissingSecretIsNoFault() throws IOException {
    for (var key : List.of("username", "password")) {
      job.secret(key, null);
    }
    Files.delete(job.files.under(Mounts.SECRET));

    assertThat(message(job, Outcome.CREDENTIALS_MISSING)).contains("username, password");
  }

  @Test
  void aWrongPasswordIsDeniedAndNotPrinted() {
    job.secret("password", "not the password");

    var run = job.sync();

    assertThat(run.report().outcome()).isEqualTo(Outcome.ACCESS_DENIED);
    assertThat(run.report().message()).contains(job.database, database.user(), "28P01");
    assertThat(run.log() + run.report()).doesNotContain("not the password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "0", "65536", "-1", "5432x"})
  void aPortThatIsNoneIsInvalidAndNotPrinted(String port) {
    job.port = null;
    job.secret("port", port);

    // It may be the password of a URL without a host.
    assertThat(message(job, Outcome.INVALID_REQUEST))
        .contains("The port in the Secret is not a number from 1 to 65535")
        .doesNotContain("“");
  }
}
