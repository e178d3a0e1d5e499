package dev.schemaversion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.request.RequestedScratch;
import dev.schemaversion.runner.LocalInputs;
import dev.schemaversion.testing.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No output has a password, whatever happens. */
class PasswordsTest {
  private static final String SECRET = "t0p-s3cret%21";
  private static final String DECODED = "t0p-s3cret!";

  @TempDir Path folder;
  private Postgres.Database database;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    database.admin("ALTER ROLE " + database.user() + " PASSWORD '" + DECODED + "'");
  }

  private Cli.Ended run(Cli cli, String... more) {
    var args =
        new ArrayList<>(
            List.of("which-version", "-v", "-m", Cli.GLANCE.resolve("migrations").toString()));
    args.addAll(List.of(more));
    return cli.with("SCHEMAVERSION_SCRATCH_URL", "postgresql://" + Postgres.scratch())
        .run(args.toArray(String[]::new));
  }

  private String url(String password, String host, int port) {
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(database.user(), password, host, port, database.name());
  }

  @Test
  void theUrlOfTheEnvironmentMayHaveOne() {
    var ended = run(new Cli().with("DATABASE_URL", url(SECRET, "localhost", database.port())));

    assertThat(ended.out()).isEqualTo("The database is empty. It has no history.\n");
    assertThat(ended.err()).contains("connecting to").doesNotContain(SECRET, DECODED);
  }

  @Test
  void theFileCountsBeforeTheEnvironment() throws IOException {
    var file = Files.writeString(folder.resolve("password"), DECODED + "\n");

    var ended =
        run(
            new Cli().with("SCHEMAVERSION_PASSWORD", "wrong"),
            "--password-file",
            file.toString(),
            "--url",
            "postgresql://%s@localhost:%d/%s"
                .formatted(database.user(), database.port(), database.name()));

    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    assertThat(ended.err()).doesNotContain(DECODED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wr0ng-s3cret", "wr0ng-s3cret%", "wr0ng@s3cret:"})
  void aFailureToConnectDoesNotShowIt(String password) {
    for (int port : new int[] {database.port(), 1}) {
      var ended = run(new Cli().with("DATABASE_URL", url(password, "localhost", port)));

      assertThat(ended.exitCode()).isNotZero();
      assertThat(ended.out() + ended.err()).doesNotContain("s3cret");
    }
  }

  @Test
  void theObjectsOfTheCommandLineDoNotShowThemEither() {
    var scratch = new RequestedScratch("localhost", 1, null, null, DECODED);

    assertThat(scratch.toString()).isEqualTo("localhost:1");
    assertThat(new LocalInputs(Map.of("password", DECODED), null, Map.of()).toString())
        .doesNotContain(DECODED);
  }
}
