package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.postgres.PostgreSql;
import dev.schemaversion.runner.report.ReportDraft;
import dev.schemaversion.runner.step.ServerIdentityCheck;
import dev.schemaversion.testing.PgBouncer;
import dev.schemaversion.testing.Postgres;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pooler in between shows by one process of the server behind two sessions. */
class PoolerTest {
  @TempDir Path root;
  @TempDir Path pooler;

  private final Engine engine = new PostgreSql();
  private Postgres.Database database;
  private Job job;
  private DataSource sessions;
  private Target target;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = new Job(root, database).tables(1, 2);
    target =
        Target.of(
            Requests.read(job.request(Step.SYNC), new ReportDraft()), new Inputs(root), engine);
    sessions = engine.sessions(target);
  }

  @Test
  void twoSessionsOfTheServerItselfAreFine() throws SQLException {
    try (var one = sessions.getConnection();
        var other = sessions.getConnection()) {
      assertThatCode(
              () ->
                  ServerIdentityCheck.failIfPooled(
                      engine.catalog(one), engine.catalog(other), target))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void twoSessionsThatShareAProcessAreRefused() throws SQLException {
    try (var one = sessions.getConnection()) {
      assertThatThrownBy(
              () ->
                  ServerIdentityCheck.failIfPooled(
                      engine.catalog(one), engine.catalog(one), target))
          .isInstanceOfSatisfying(
              RunFailure.class,
              failure -> assertThat(failure.outcome()).isEqualTo(Outcome.POOLER_REFUSED))
          .hasMessageContaining("pool_mode");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"transaction", "statement"})
  void aPgBouncerThatSharesSessionsIsRefusedAndNothingIsWritten(String mode) throws IOException {
    try (var bouncer = pgBouncer(mode)) {
      var before = database.dump();

      var report = syncThrough(bouncer);

      assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.POOLER_REFUSED);
      assertThat(database.dump()).isEqualTo(before);
    }
  }

  @Test
  void aPgBouncerThatKeepsSessionsApartIsNoHindrance() throws IOException {
    try (var bouncer = pgBouncer("session")) {
      var report = syncThrough(bouncer);

      assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(database.query("SELECT version FROM flyway_schema_history")).hasSize(2);
    }
  }

  private Report syncThrough(PgBouncer bouncer) {
    job.host = "127.0.0.1";
    job.port = bouncer.port();
    return job.sync("2").report();
  }

  private PgBouncer pgBouncer(String mode) throws IOException {
    var bouncer = PgBouncer.before(database, pooler, mode);
    await()
        .until(
            () -> {
              assertThat(bouncer.isAlive()).as("PgBouncer runs").isTrue();
              try (var socket = new Socket(InetAddress.getLoopbackAddress(), bouncer.port())) {
                return socket.isConnected();
              } catch (ConnectException e) {
                return false;
              }
            });
    return bouncer;
  }
}
