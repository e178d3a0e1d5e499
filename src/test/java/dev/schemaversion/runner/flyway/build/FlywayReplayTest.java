package dev.schemaversion.runner.flyway.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Progress;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.Inputs;
import dev.schemaversion.runner.Job;
import dev.schemaversion.runner.Requests;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.flyway.script.MigrationFiles;
import dev.schemaversion.runner.flyway.script.ServerStatements;
import dev.schemaversion.runner.flyway.setup.FlywayFactory;
import dev.schemaversion.runner.flyway.setup.SuperuserHint;
import dev.schemaversion.runner.postgres.PostgreSql;
import dev.schemaversion.runner.proof.RealSchema;
import dev.schemaversion.runner.proof.Replay;
import dev.schemaversion.runner.report.CurrentActivity;
import dev.schemaversion.runner.report.Log;
import dev.schemaversion.runner.report.ReportDraft;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.report.Shutdown;
import dev.schemaversion.runner.scratch.ScratchServerAccess;
import dev.schemaversion.testing.Postgres;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions are built one after the other, and each is shown as it is committed. */
class FlywayReplayTest {
  @TempDir Path root;

  private final Shutdown stop = new Shutdown();
  private final CurrentActivity activity = new CurrentActivity(InstantSource.system());

  @Test
  void eachVersionIsShownWithWhatItHasBuilt() throws SQLException {
    var seen = new ArrayList<String>();

    replay(
        (version, built) -> {
          var tables =
              built.read().lines().stream()
                  .filter(line -> line.toString().startsWith("table "))
                  .count();
          return seen.add(version + ": " + tables);
        });

    assertThat(seen).containsExactly("0: 0", "1: 1", "2: 2", "3: 3");
  }

  @Test
  void nothingIsBuiltAfterTheLastVersionThatIsWanted() throws SQLException {
    var seen = new ArrayList<String>();

    replay((version, built) -> seen.add(version) && !version.equals("2"));

    assertThat(seen).containsExactly("0", "1", "2");
  }

  @Test
  void itEndsBetweenTwoVersionsWhenTheRunIsToldToStop() {
    assertThatThrownBy(
            () ->
                replay(
                    (version, built) -> {
                      stop.request();
                      return true;
                    }))
        .isInstanceOfSatisfying(
            RunFailure.class,
            failure -> assertThat(failure.outcome()).isEqualTo(Outcome.INTERRUPTED))
        .hasMessageContaining("The database was not touched");
  }

  @Test
  void theProgressHasTheScriptAndHowManyThereAre() throws SQLException {
    var seen = new ArrayList<String>();

    replay(
        (version, built) -> {
          var progress = present();
          return seen.add(version + ": " + progress.script() + " of " + progress.scripts());
        });

    assertThat(seen).containsExactly("0: null of null", "1: 1 of 3", "2: 2 of 3", "3: 3 of 3");
  }

  private Progress present() {
    try {
      return activity.after(-1, Duration.ZERO);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void replay(Replay.Visitor visitor) throws SQLException {
    var job = new Job(root, Postgres.fresh()).tables(1, 2, 3).version("3");
    var request = Requests.read(job.request(Step.PROVE), new ReportDraft());
    var migrations = MigrationFiles.read(job.files.sources(), request.flyway(), "PostgreSQL");
    var engine = new PostgreSql();
    var target = Target.of(request, new Inputs(root), engine);
    var sessions = engine.sessions(target);
    var log = new Log(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8), activity);
    try (var session = sessions.getConnection()) {
      var run =
          new RunContext(request, engine, target, session, sessions, stop, new ReportDraft(), log);
      var builds =
          new ScratchBuilds(
              new FlywayFactory(
                  request, engine, target.schemas(), new ServerStatements(engine, log)),
              new RealSchema(run).scope(),
              new ScratchServerAccess(run),
              new SuperuserHint(engine.catalog(session)),
              run);
      FlywayReplay.partial(builds, migrations, new OwnedObjects(builds, migrations, log))
          .run(visitor);
    }
  }
}
