package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.testing.Extended;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.Postgres18;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runner as a process: environment in, exit code and report out. */
class MainTest {
  @TempDir Path root;
  private Postgres.Database database;
  private Job job;
  private Path log;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = new Job(root, database).withoutScratch();
    log = root.resolve("log");
  }

  @Test
  void theExitCodeIsTheOutcomes() throws Exception {
    job.tables(IntStream.rangeClosed(1, 13).toArray()).version("13");

    assertThat(exitCode(start(Step.BASELINE))).isEqualTo(Outcome.SUCCEEDED.exitCode());
    assertThat(exitCode(start(Step.SYNC))).isEqualTo(Outcome.SUCCEEDED.exitCode());

    assertThat(job.written().migrationsApplied()).isEqualTo(13);
    assertThat(Files.readString(log))
        .contains("V13__table_13.sql: running (13 of 13)")
        .contains("outcome: Succeeded")
        .doesNotContain(Postgres.PASSWORD, "WARNING", "Exception");
  }

  @Test
  void aRefusalHasItsExitCodeAndReport() throws Exception {
    database.execute("CREATE TABLE images (id int)");
    job.tables(1);
    job.scratch = Postgres.scratch();

    assertThat(exitCode(start(Step.BASELINE))).isEqualTo(Outcome.BASELINE_REQUIRED.exitCode());
    assertThat(job.written().outcome()).isEqualTo(Outcome.BASELINE_REQUIRED);
  }

  @Test
  void aMissingRequestIsReported() throws Exception {
    job.files.mount();
    var builder = builder();
    builder.environment().remove(Mounts.REQUEST);

    assertThat(exitCode(builder.start())).isEqualTo(Outcome.INVALID_REQUEST.exitCode());
    assertThat(job.written().message()).contains(Mounts.REQUEST);
  }

  @Test
  void onSigtermItFinishesTheMigrationItIsInAndExitsWithItsOwnCode() throws Exception {
    job.tables(1, 3).version("3");
    job.file("V2__wait.sql", "SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(1);");
    try (var gate = database.connect();
        var statement = gate.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(1)");
      var process = start(Step.SYNC);
      awaitLog("V2__wait.sql: running");

      process.destroy(); // SIGTERM
      awaitLog("asked to stop");
      statement.execute("SELECT pg_advisory_unlock(1)");

      assertThat(exitCode(process)).isEqualTo(Outcome.INTERRUPTED.exitCode());
    }
    assertThat(job.written().version()).isEqualTo("2");
    assertThat(database.query("SELECT version FROM flyway_schema_history"))
        .containsExactly("1", "2");
  }

  @Test
  void killedInTheMiddleItLeavesNothingHalfDoneAndTheNextGoesOn() throws Exception {
    job.tables(1, 3).version("3");
    job.file("V2__wait.sql", "CREATE TABLE t2 (id int); SELECT pg_sleep(3600);");
    var process = start(Step.SYNC);
    await()
        .atMost(Duration.ofMinutes(5))
        .until(
            () ->
                !database
                    .query("SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
                    .isEmpty());

    process.destroyForcibly().waitFor(); // SIGKILL
    database.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <>"
            + " pg_backend_pid() AND datname = current_database()");
    assertThat(database.query("SELECT to_regclass('t2')")).containsExactly((String) null);

    job.file("V2__wait.sql", "CREATE TABLE t2 (id int);");
    job.scratch = Postgres.scratch();
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> exitCode(start(Step.SYNC)) == Outcome.SUCCEEDED.exitCode());
    assertThat(database.query("SELECT version FROM flyway_schema_history"))
        .containsExactly("1", "2", "3");
  }

  @Extended
  @Test
  void onPostgres18ItRehearsesOnACloneByThePgDump18OnItsPath() throws Exception {
    database = Postgres.fresh18();
    job = new Job(root, database).file("V1__images.sql", "CREATE TABLE images (size int);");
    job.scratch = Postgres.scratch18();
    assertThat(exitCode(start(Step.SYNC))).isEqualTo(Outcome.SUCCEEDED.exitCode());
    database.execute("CREATE SCHEMA reporting", "CREATE VIEW reporting.v AS TABLE images");
    job.version("2").file("V2__size.sql", "ALTER TABLE images ALTER size TYPE bigint;");

    assertThat(exitCode(start18(Step.SYNC))).isEqualTo(Outcome.REHEARSAL_FAILED.exitCode());
    assertThat(job.written().message()).contains("Rehearsed on a clone", "view or rule");

    database.execute("DROP SCHEMA reporting CASCADE");
    assertThat(exitCode(start18(Step.SYNC))).isEqualTo(Outcome.SUCCEEDED.exitCode());
    assertThat(Files.readString(log)).contains("rehearsing on a clone");
    assertThat(job.written().version()).isEqualTo("2");
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
    job.image("/m").imageFile("/m/V1__a.sql", "CREATE TABLE t1 ();\n");
    job.imageFile("/m/V2__large.sql", "-- \u00e4\n".repeat(12 << 20));

    assertThat(exitCode(start(Step.SYNC, inAJobsMemory())))
        .as(Files.readString(log))
        .isEqualTo(Outcome.MIGRATIONS_TOO_LARGE.exitCode());
    assertThat(job.written().message()).contains("64 MiB");
  }

  @ParameterizedTest(name = "{1} times {0}")
  @CsvSource(
      delimiter = '|',
      value = {"SET a.b = '1'; | 4000000", "INSERT INTO t VALUES ('%s'); | 50000"})
  void whatDoesNotFitIntoTheJobsMemoryIsRefusedBeforeAnythingIsDone(String statement, int times)
      throws Exception {
    job.image("/m").imageFile("/m/V1__large.sql", many(statement, times));

    assertThat(exitCode(start(Step.SYNC, inAJobsMemory())))
        .as(Files.readString(log))
        .isEqualTo(Outcome.MIGRATIONS_TOO_LARGE.exitCode());

    assertThat(job.written().message())
        .contains(
            "Nothing was done", "spec.job.resources.limits.memory", "schemaversion.dev/retry");
  }

  @Extended
  @ParameterizedTest(name = "{1} times {0}")
  @CsvSource(
      delimiter = '|',
      value = {"SET a.b = '1'; | 290000", "INSERT INTO t VALUES ('%s'); | 18000"})
  void whatJustFitsIntoTheJobsMemoryIsRun(String statement, int times) throws Exception {
    job.version("2").image("/m").imageFile("/m/V1__t.sql", "CREATE TABLE t (a text);\n");
    job.imageFile("/m/V2__large.sql", many(statement, times));

    var ended = exitCode(start(Step.SYNC, inAJobsMemory()));

    assertThat(ended).as(Files.readString(log)).isEqualTo(Outcome.SUCCEEDED.exitCode());
  }

  private static String many(String statement, int times) {
    return (statement.formatted("x".repeat(1000)) + "\n").repeat(times);
  }

  /** As the image's entry point starts it, within the 512Mi that a Job's pod has by default. */
  private ProcessBuilder inAJobsMemory() {
    var builder = builder();
    builder
        .command()
        .addAll(
            1,
            List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:MaxRAM=512m",
                "-XX:MaxRAMPercentage=60"));
    return builder;
  }

  private Process start(Step step) throws IOException {
    return start(step, builder());
  }

  private Process start18(Step step) throws IOException {
    var builder = builder();
    builder.environment().merge("PATH", Postgres18.programs() + ":", (path, ours) -> ours + path);
    return start(step, builder);
  }

  private Process start(Step step, ProcessBuilder builder) throws IOException {
    job.files.mount();
    Files.deleteIfExists(job.files.under(Mounts.REPORT));
    builder.environment().put(Mounts.REQUEST, job.request(step));
    return builder.start();
  }

  private ProcessBuilder builder() {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            new ArrayList<>(
                List.of(java, "-cp", runtimeClassPath(), Main.class.getName(), root.toString())))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile());
  }

  /** The class path of the tests without the tests, so that nothing of them is relied upon. */
  private static String runtimeClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private void awaitLog(String said) {
    await().atMost(Duration.ofMinutes(5)).until(() -> Files.readString(log).contains(said));
  }
}
