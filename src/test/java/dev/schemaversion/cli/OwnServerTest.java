package dev.schemaversion.cli;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scratch server of programs on this machine. Each command is a process of its own. */
class OwnServerTest {
  private static final int TERMINATED = 128 + 15;

  @TempDir Path folder;
  private Path migrations;
  private Path temporary;

  @BeforeEach
  void prepare() throws IOException {
    migrations = Files.createDirectory(folder.resolve("migrations"));
    temporary = Files.createDirectory(folder.resolve("tmp"));
    // As /tmp is: where root runs the tests, the server's user must get through.
    assertThat(temporary.toFile().setExecutable(true, false)).isTrue();
    assertThat(folder.toFile().setExecutable(true, false)).isTrue();
    Files.writeString(migrations.resolve("V1__one.sql"), "CREATE TABLE a (id int);\n");
  }

  private static String programs(TestDatabase database) {
    return database instanceof MariaDb.Database
        ? Path.of("target", "mariadb", "bin").toAbsolutePath().toString()
        : database.query("SELECT setting FROM pg_config WHERE name = 'BINDIR'").getFirst();
  }

  private ProcessBuilder process(TestDatabase database, String... args) {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(args));
    command.addAll(
        List.of(
            "-v",
            "-m",
            migrations.toString(),
            "--scratch",
            "programs",
            "--scratch-programs",
            programs(database)));
    var builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(Redirect.to(folder.resolve("err").toFile()));
    builder
        .environment()
        .putAll(
            Map.of(
                "DATABASE_URL",
                "%s://%s@localhost:%d/%s"
                    .formatted(
                        database instanceof MariaDb.Database ? "mariadb" : "postgresql",
                        database.user(),
                        database.port(),
                        database.name()),
                "SCHEMAVERSION_PASSWORD",
                database.password()));
    return builder;
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private List<String> left() throws IOException {
    try (var files = Files.list(temporary)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("schemaversion"))
          .toList();
    }
  }

  private long servers() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().arguments().stream()
                    .flatMap(arguments -> List.of(arguments).stream())
                    .anyMatch(
                        argument -> argument.contains(temporary.toString() + "/schemaversion")))
        .count();
  }

  private void proves(TestDatabase database) throws Exception {
    database.execute("CREATE TABLE a (id int)");

    var ended = process(database, "prove", "--claim", "1").start().waitFor();

    assertThat(ended).as(read("out") + read("err")).isZero();
    assertThat(read("out")).startsWith("The database is at version 1, as claimed");
    assertThat(read("err")).contains("starting a scratch server: ");
    assertThat(left()).isEmpty();
    assertThat(servers()).isZero();
  }

  @Test
  void postgreSqlIsStartedAndEnded() throws Exception {
    proves(Postgres.fresh());
  }

  @Test
  void mariaDbIsStartedAndEnded() throws Exception {
    proves(MariaDb.fresh());
  }

  @Test
  void whenInterruptedNeitherAProcessNorAFolderStays() throws Exception {
    var database = Postgres.fresh();
    database.execute("CREATE TABLE a (id int)");
    Files.writeString(migrations.resolve("V1__one.sql"), "SELECT pg_sleep(3600);\n");
    var process = process(database, "prove", "--claim", "1").start();
    await()
        .atMost(2, MINUTES)
        .until(() -> read("err").contains("proving the claim") || !process.isAlive());
    assertThat(process.isAlive()).as(() -> error()).isTrue();
    assertThat(servers()).isPositive();

    assertThat(interrupted(process)).isEqualTo(TERMINATED);
    assertThat(left()).isEmpty();
    assertThat(servers()).isZero();
    assertThat(database.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        .containsExactly("a");
  }

  @Test
  void nothingStaysEitherWhileTheFilesAreCreated() throws Exception {
    var programs = Files.createDirectory(folder.resolve("programs"));
    script(programs.resolve("postgres"), "echo 'postgres (PostgreSQL) 15.13'");
    script(programs.resolve("initdb"), "while :; do sleep 1; done");
    var builder = process(Postgres.fresh(), "which-version");
    builder.command().set(builder.command().size() - 1, programs.toString());
    var process = builder.start();
    await().atMost(2, MINUTES).until(() -> servers() > 0 || !process.isAlive());
    assertThat(process.isAlive()).as(() -> error()).isTrue();

    assertThat(interrupted(process)).isEqualTo(TERMINATED);
    assertThat(left()).isEmpty();
    assertThat(servers()).isZero();
  }

  /**
   * Ends a process and returns its exit code. SIGTERM, which Java handles as it handles SIGINT: in
   * a background job the shell has SIGINT ignored, for all that the job starts.
   */
  private static int interrupted(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(2, MINUTES)).as("it ends").isTrue();
    return process.exitValue();
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true, false)).isTrue();
  }

  private String error() {
    try {
      return read("err");
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void programsOfAnotherVersionAreRefused() throws Exception {
    var other = Postgres.fresh18();
    var builder = process(other, "prove", "--claim", "1");
    builder.command().set(builder.command().size() - 1, programs(Postgres.fresh()));

    var ended = builder.start().waitFor();

    assertThat(ended).isEqualTo(20);
    assertThat(read("out"))
        .startsWith("ScratchUnavailable: The proof needs a scratch server of PostgreSQL 18.")
        .contains("the programs on this machine are of 15.");
  }
}
