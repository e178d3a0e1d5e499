package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.runner.Job;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.Postgres18;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that moves to a server of a newer major version is no drift. */
class ServerUpgradeTest {
  @TempDir Path folder;

  private final Postgres.Database old = Postgres.fresh();
  private final Postgres.Database upgraded = Postgres.fresh18();
  private Job before;
  private Job after;

  @BeforeEach
  void upgrade() throws Exception {
    before = withMigrations(old);
    assertThat(before.sync().report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    var dump = folder.resolve("dump.sql");
    run("pg_dump", old, "--file=" + dump, "--no-owner");
    run("psql", upgraded, "--quiet", "--set=ON_ERROR_STOP=1", "--file=" + dump);
    after = withMigrations(upgraded);
    after.scratch = Postgres.scratch18();
  }

  private Job withMigrations(Postgres.Database database) throws IOException {
    var job = new Job(folder.resolve(database.name()), database);
    try (var original = Snapshot.class.getResourceAsStream("original.sql")) {
      job.file("V1__original.sql", new String(original.readAllBytes(), StandardCharsets.UTF_8));
    }
    return job;
  }

  private void run(String program, Postgres.Database database, String... more) throws Exception {
    var newest = Postgres18.programs().resolve(program);
    var command =
        new ArrayList<>(
            List.of(
                Files.exists(newest) ? newest.toString() : program,
                "--host=localhost",
                "--port=" + database.port(),
                "--username=" + database.user(),
                "--dbname=" + database.name()));
    command.addAll(List.of(more));
    var process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().put("PGPASSWORD", database.password());
    var running = process.start();
    var output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(running.waitFor()).as(output).isZero();
  }

  @Test
  void theNewServerIsNoticedFirst() {
    after.expected = before.written().database();

    assertThat(after.sync().report().outcome()).isEqualTo(Outcome.DATABASE_CHANGED);
  }

  @Test
  void theVersionIsProvenAgainOnTheNewServer() {
    var proof = after.baseline().report().proof();

    assertThat(proof.verdict()).isEqualTo(Verdict.Equal);
    assertThat(proof.version()).isEqualTo("1");
  }
}
