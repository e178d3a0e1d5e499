package dev.schemaversion.runner.step;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.Inputs;
import dev.schemaversion.runner.Job;
import dev.schemaversion.runner.Requests;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.RunLock;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.flyway.FlywayTool;
import dev.schemaversion.runner.flyway.script.MigrationFiles;
import dev.schemaversion.runner.postgres.PostgreSql;
import dev.schemaversion.runner.proof.MigrationTool;
import dev.schemaversion.runner.proof.RealSchema;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.Log;
import dev.schemaversion.runner.report.ReportDraft;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.report.Shutdown;
import dev.schemaversion.runner.scratch.ScratchServerAccess;
import dev.schemaversion.testing.Postgres;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process writes a history between the baseline's look and its stamp. */
class StampRaceTest {
  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = new Job(root, database).tables(9, 10, 13).version("13").baseline("9");
    database.execute("CREATE TABLE t9 (id int)");
  }

  @Test
  void aHistoryThatAppearsBetweenLookAndStampIsNotStampedOver() throws SQLException {
    var failure =
        stampAfter(
            "INSERT INTO flyway_schema_history VALUES (1, '10', 'd', 'SQL', 's', 1, 'u', now(), 1, true)");

    assertThat(failure.outcome()).isEqualTo(Outcome.HISTORY_EXISTS);
    assertThat(failure).hasMessageContaining("something else migrated the database to 10");
    assertThat(database.query("SELECT type || ' ' || version FROM flyway_schema_history"))
        .containsExactly("SQL 10");
  }

  @Test
  void anotherStampThatAppearsBetweenLookAndStampIsAMismatch() throws SQLException {
    var failure =
        stampAfter(
            "INSERT INTO flyway_schema_history VALUES (1, '10', 'd', 'BASELINE', 's', 1, 'u', now(), 1, true)");

    assertThat(failure.outcome()).isEqualTo(Outcome.BASELINE_MISMATCH);
  }

  @Test
  void anEmptyHistoryThatAppearsBetweenLookAndStampIsRefused() throws SQLException {
    assertThat(stampAfter("SELECT 1").outcome()).isEqualTo(Outcome.HISTORY_EMPTY);
  }

  /** Another process creates the history table and writes to it before Flyway stamps. */
  private RunFailure stampAfter(String interference) throws SQLException {
    var request = Requests.read(job.request(Step.BASELINE), new ReportDraft());
    var migrations =
        MigrationFiles.read(List.copyOf(job.files.sources()), request.flyway(), "PostgreSQL");
    var engine = new PostgreSql();
    var target = Target.of(request, new Inputs(root), engine);
    var sessions = engine.sessions(target);
    var log = new Log(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8));
    try (var session = sessions.getConnection();
        var lock = RunLock.take(session, engine.locks(session))) {
      var run =
          new RunContext(
              request, engine, target, session, sessions, new Shutdown(), new ReportDraft(), log);
      var real = new RealSchema(run);
      var scratch = new ScratchServerAccess(run);
      var flyway = new FlywayTool(run, migrations, lock, scratch, real.scope());
      var tool = before("stamp", flyway, () -> writeHistory(interference));
      try {
        new BaselineStep(run, tool, new SchemaProof(run, tool, real, scratch)).run();
      } catch (RunFailure e) {
        return e;
      }
    }
    throw new AssertionError("it was stamped");
  }

  private void writeHistory(String row) {
    database.execute(
        "CREATE TABLE flyway_schema_history (installed_rank int, version text,"
            + " description text, type text, script text, checksum int,"
            + " installed_by text, installed_on timestamp, execution_time int,"
            + " success bool)",
        row);
  }

  /** The tool, with something that happens before one of its methods. */
  private static MigrationTool before(String method, MigrationTool tool, Runnable happens) {
    return (MigrationTool)
        Proxy.newProxyInstance(
            MigrationTool.class.getClassLoader(),
            new Class<?>[] {MigrationTool.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method)) {
                happens.run();
              }
              try {
                return called.invoke(tool, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
