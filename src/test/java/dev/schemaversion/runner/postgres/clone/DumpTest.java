package dev.schemaversion.runner.postgres.clone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.contract.request.RunLimits;
import dev.schemaversion.contract.request.TlsMode;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.scratch.CloneFailed;
import dev.schemaversion.runner.scratch.CloneInterrupted;
import dev.schemaversion.runner.scratch.DumpFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the process of pg_dump, with other programs in its place. */
class DumpTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Target SOURCE =
      new Target(
          "h",
          1,
          "d",
          "u",
          "the password",
          Optional.of("r"),
          List.of("public"),
          TlsMode.VerifyCA,
          Path.of("/ca"),
          Map.of("connectTimeout", "30", "channelBinding", "require"),
          new RunLimits(null, 7, null),
          "a");

  @TempDir Path folder;

  private String program(String script) throws IOException {
    var program = folder.resolve("pg_dump");
    Files.writeString(program, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program.toString();
  }

  /**
   * A program that prints its process id and does not end, with a child that keeps the output open.
   */
  private String hanging() throws IOException {
    return program(
        "echo $$ > " + folder + "/pid\nsleep 600 &\necho $! >> " + folder + "/pid\nwait");
  }

  private void everyProcessIsGone() throws IOException {
    assertThat(Files.readAllLines(folder.resolve("pid")))
        .hasSize(2)
        .allSatisfy(
            pid ->
                await()
                    .untilAsserted(
                        () ->
                            assertThat(ProcessHandle.of(Long.parseLong(pid)))
                                .matches(p -> p.isEmpty() || !p.get().isAlive())));
  }

  @Test
  void aDumpThatExceedsItsTimeoutIsStopped() throws IOException {
    var dump = new Dump(hanging(), Duration.ofSeconds(2), () -> false);
    assertThatThrownBy(() -> dump.schema(SOURCE, List.of()))
        .isInstanceOf(DumpFailed.class)
        .hasMessageContaining("did not finish within 2 s");
    everyProcessIsGone();
  }

  @Test
  void aRequestedStopStopsTheDump() throws IOException {
    var stop = new AtomicBoolean();
    var dump = new Dump(hanging(), LONG, stop::get);
    var running = CompletableFuture.runAsync(() -> dump.schema(SOURCE, List.of()));
    await()
        .until(
            () ->
                Files.exists(folder.resolve("pid"))
                    && Files.readAllLines(folder.resolve("pid")).size() == 2);
    assertThat(running).isNotDone();

    stop.set(true);

    assertThatThrownBy(running::join).hasCauseInstanceOf(CloneInterrupted.class);
    everyProcessIsGone();
  }

  @Test
  void theProgramGetsACleanEnvironmentAndThePasswordOnlyThere() throws IOException {
    var dump = new Dump(program("env; echo \"args: $*\""), LONG, () -> false);
    assertThat(
            dump.schema(SOURCE, List.of())
                .lines()
                .filter(line -> !line.matches("(PWD|_|SHLVL|OLDPWD)=.*")))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("args: --schema-only ")
                    .endsWith(" --role=r")
                    .contains(" --lock-wait-timeout=7s")
                    .doesNotContain("the password"))
        .filteredOn(line -> !line.startsWith("args: ") && !line.startsWith("PATH="))
        .containsExactlyInAnyOrder(
            "PGHOST=h",
            "PGPORT=1",
            "PGDATABASE=d",
            "PGUSER=u",
            "PGPASSWORD=the password",
            "PGAPPNAME=a",
            "PGCONNECT_TIMEOUT=30",
            "PGCHANNELBINDING=require",
            "PGGSSENCMODE=disable",
            "PGSSLMODE=verify-ca",
            "PGSSLROOTCERT=/ca",
            "PGPASSFILE=/dev/null",
            "LC_ALL=C",
            "HOME=/nonexistent");
  }

  @Test
  void longOutputIsReadCompletely() throws IOException {
    var much = "i=0; while [ $i -lt 20000 ]; do echo 'a line of some length, out'; ";
    var dump =
        new Dump(
            program(much + "echo 'a line of some length, err' >&2; i=$((i+1)); done"),
            LONG,
            () -> false);
    assertThat(dump.schema(SOURCE, List.of()).lines()).hasSize(20_000);
  }

  @Test
  void aFailureIsReportedWithItsFirstLines() throws IOException {
    var dump =
        new Dump(
            program(
                "for i in 1 2 3 4 5 6 7; do echo \"pg_dump: error: line $i\" >&2; done; exit 1"),
            LONG,
            () -> false);
    assertThatThrownBy(() -> dump.schema(SOURCE, List.of()))
        .isInstanceOf(DumpFailed.class)
        .hasMessageContaining(
            "pg_dump failed with exit code 1: line 1; line 2; line 3; line 4; line 5. ");
  }

  @Test
  void aMissingProgramIsReported() {
    var dump = new Dump(folder.resolve("nothing").toString(), LONG, () -> false);
    assertThatThrownBy(dump::major)
        .isInstanceOf(CloneFailed.class)
        .hasMessageContaining("no pg_dump");
  }

  @Test
  void theMajorVersionIsParsedFromTheOutput() throws IOException {
    for (var version : new String[] {"18.1 (Debian 18.1-1.pgdg12+1)", "18beta2", "18"}) {
      var dump =
          new Dump(program("echo 'pg_dump (PostgreSQL) " + version + "'"), LONG, () -> false);
      assertThat(dump.major()).isEqualTo(18);
    }
    assertThatThrownBy(new Dump(program("echo hello"), LONG, () -> false)::major)
        .isInstanceOf(CloneFailed.class);
  }
}
