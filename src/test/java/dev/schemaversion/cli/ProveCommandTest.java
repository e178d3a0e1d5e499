package dev.schemaversion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProveCommandTest {
  private static final String MIGRATIONS = Cli.GLANCE.resolve("migrations").toString();

  @TempDir Path folder;
  private final Postgres.Database database = Postgres.fresh();

  private Cli.Ended run(String... args) {
    return run(database, MIGRATIONS, args);
  }

  private static Cli.Ended run(TestDatabase database, String migrations, String... args) {
    var all = new ArrayList<>(List.of(args));
    all.addAll(List.of("-m", migrations));
    return new Cli().on(database).run(all.toArray(String[]::new));
  }

  private void glance(String... scripts) throws IOException {
    for (var script : scripts) {
      database.execute(Files.readString(Cli.GLANCE.resolve(script)));
    }
  }

  @Test
  void aClaimIsProvenAndNothingIsWritten() throws IOException {
    glance("environment-diablo/diablo.sql");
    var before = database.dump();

    var ended = run("prove", "--claim", "9");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).as(ended.out()).isZero();
    assertThat(ended.out())
        .startsWith("The database is at version 9, as claimed, and has no history. Nothing was")
        .contains("its schema is what the migrations build");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aWrongClaimIsRefusedWithWhatDiffers() throws IOException {
    glance("environment-diablo/diablo.sql");
    var before = database.dump();

    var ended = run("prove", "--claim", "13");

    assertThat(ended.exitCode()).isEqualTo(45);
    assertThat(ended.out())
        .startsWith("ClaimRefuted: The claim is 13, but ")
        .contains("Its schema equals version 9, 10.", "--accept-difference", "\n- ")
        .doesNotContain("annotation");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void theJsonHasTheProof() throws IOException {
    Files.writeString(folder.resolve("V1__one.sql"), "CREATE TABLE a (id int);\n");
    database.execute("CREATE TABLE b (id int)");

    var ended = run(database, folder.toString(), "prove", "--claim", "1", "--output", "json");

    assertThat(
            ended
                .out()
                .replaceAll("sha256:[0-9a-f]{64}", "sha256:…")
                .replaceAll("\"server\" : \"[0-9]+\"", "\"server\" : \"1\"")
                .replace(database.name(), "name")
                .replaceAll("(\"settings\" : )\\{[^}]*}", "$1{ }"))
        .isEqualTo(
            Files.readString(Path.of("src/test/resources/dev/schemaversion/cli/prove.json")));
  }

  @Test
  void aDifferenceCanBeAcceptedByItsDigest() throws IOException {
    glance("environment-diablo/diablo.sql");
    database.execute("CREATE TABLE report (id int)");
    var refused = run("prove", "--claim", "9").out();
    var digest = refused.replaceAll("(?s).*(sha256:[0-9a-f]{64}).*", "$1");

    assertThat(run("prove", "--claim", "9", "--accept-difference", digest).exitCode()).isZero();
    assertThat(run("prove", "--claim", "9", "--ignore", "* public.report*").exitCode()).isZero();
  }

  @Test
  void aHistoryIsAClaimToo() throws IOException {
    glance("environment-diablo/diablo.sql", "environment-diablo-stamped/stamp.sql");

    var ended = run("prove");

    assertThat(ended.exitCode()).as(ended.out()).isEqualTo(46);
    assertThat(ended.out()).startsWith("HistoryContradicted: The history table records version 13");
  }

  @Test
  void withoutAClaimThePossibleVersionsAreNamed() throws IOException {
    glance("environment-diablo/diablo.sql");

    var ended = run("prove");

    assertThat(ended.exitCode()).isEqualTo(30);
    assertThat(ended.out()).contains("Its schema equals version 9, 10.");
  }

  @Test
  void anEmptyDatabaseNeedsNoClaim() {
    assertThat(run("prove").out()).isEqualTo("The database is empty.\n");
    assertThat(run("prove", "--claim", "9").out())
        .isEqualTo("The database is empty. Nothing was stamped.\n");
  }

  @Test
  void theVersionIsFoundWhateverTheHistorySays() throws IOException {
    glance("environment-diablo/diablo.sql", "environment-diablo-stamped/stamp.sql");
    var before = database.dump();

    var ended = run("which-version");

    assertThat(ended.exitCode()).as(ended.out()).isZero();
    assertThat(ended.out())
        .contains("Its schema equals version 9, 10. Its history says version 13.");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void whereNoVersionFitsTheNearestIsNamed() throws IOException {
    glance("environment-diablo/diablo.sql");
    database.execute("CREATE TABLE report (id int)");

    var ended = run("which-version");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out()).contains("the nearest is version 9, from which 2 objects differ");
  }

  @Test
  void aMariaDbIsProvenTheSameWay() throws IOException {
    var mariaDb = MariaDb.fresh();
    Files.writeString(folder.resolve("V1__one.sql"), "CREATE TABLE a (id int);\n");
    Files.writeString(folder.resolve("V2__two.sql"), "CREATE TABLE b (id int);\n");
    mariaDb.execute("CREATE TABLE a (id int)");
    var before = mariaDb.dump();

    assertThat(run(mariaDb, folder.toString(), "prove", "--claim", "1").exitCode()).isZero();
    assertThat(run(mariaDb, folder.toString(), "prove", "--claim", "2").exitCode()).isEqualTo(45);
    assertThat(run(mariaDb, folder.toString(), "which-version").out()).contains("equals version 1");
    assertThat(mariaDb.dump()).isEqualTo(before);
  }

  @Test
  void theServerOfTheDatabaseIsNoScratchServer() {
    var ended =
        new Cli()
            .on(database)
            .run(
                "prove",
                "-m",
                MIGRATIONS,
                "--scratch-url",
                "postgresql://127.0.0.1:" + database.port());

    assertThat(ended.exitCode()).isEqualTo(44);
    assertThat(ended.out()).contains("is the server of the database itself");
    assertThat(database.query("SELECT rolname FROM pg_roles WHERE rolname = 'postgres'"))
        .hasSize(1);
  }
}
