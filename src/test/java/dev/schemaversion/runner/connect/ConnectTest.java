package dev.schemaversion.runner.connect;

import static dev.schemaversion.runner.connect.ExpectedEnd.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, rights and requests, good and bad. */
class ConnectTest {
  @TempDir Path root;
  private Postgres.Database database;
  private Job job;

  @BeforeEach
  void prepare() {
    database = Postgres.fresh();
    job = new Job(root, database).tables(1);
  }

  @Test
  void aDatabaseThatDoesNotExistIsDenied() {
    job.database = "nowhere";

    assertThat(message(job, Outcome.ACCESS_DENIED)).contains("nowhere", "3D000");
  }

  @Test
  void aDatabaseThatTheUserMayNotEnterIsDenied() {
    database.admin("REVOKE CONNECT ON DATABASE " + database.name() + " FROM PUBLIC");
    database.admin("ALTER DATABASE " + database.name() + " OWNER TO postgres");

    assertThat(message(job, Outcome.ACCESS_DENIED)).contains("42501");
  }

  @Test
  void aRoleThatTheUserMayNotTakeOnIsDenied() {
    job.role = "postgres";
    assertThat(message(job, Outcome.ACCESS_DENIED)).contains("role “postgres”", "42501");

    job.role = "nobody_has_made_me";
    assertThat(message(job, Outcome.ACCESS_DENIED)).contains("does not exist", "GRANT");
  }

  @Test
  void aUserThatMayNotCreateTheHistoryIsDeniedAtOnceAndWritesNothing() {
    database.admin("ALTER SCHEMA public OWNER TO postgres");
    var before = database.dump();

    assertThat(message(job, Outcome.ACCESS_DENIED)).contains("may not create", "schema “public”");
    assertThat(database.dump()).isEqualTo(before);
  }

  @Test
  void aServerWhoseIdentifierIsNotReadableIsUnknownAndIsWorkedOnAllTheSame() {
    database.admin("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");

    var report = job.sync().report();

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.database().server()).isEqualTo("unknown");
    job.expected = report.database();
    assertThat(message(job, Outcome.SUCCEEDED)).contains("already");
  }

  @Test
  void aHostThatIsNotKnownIsUnreachable() {
    job.host = "no-such-host.invalid";

    assertThat(message(job, Outcome.DATABASE_UNREACHABLE))
        .contains("no-such-host.invalid:" + job.port, "unknown host name");
  }

  @Test
  void aPortWhereNobodyListensIsUnreachable() throws IOException {
    try (var free = new ServerSocket(0)) {
      job.port = free.getLocalPort();
    }

    assertThat(message(job, Outcome.DATABASE_UNREACHABLE))
        .contains("localhost:" + job.port, "connection refused");
  }

  @Test
  void aServerThatNeverAnswersIsUnreachable() throws IOException {
    try (var silent = new ServerSocket(0)) {
      job.port = silent.getLocalPort();

      assertThat(message(job, Outcome.DATABASE_UNREACHABLE)).contains("localhost:" + job.port);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost/x?user=postgres", "a b", "", "h,other", "@h"})
  void aHostThatIsNoneIsInvalid(String host) {
    job.host = host;

    assertThat(message(job, Outcome.INVALID_REQUEST)).contains("“" + host + "”");
  }

  @Test
  void aDatabaseNameCannotSmuggleInAnOption() {
    job.database = "postgres?user=postgres&options=-crole=postgres";

    assertThat(message(job, Outcome.ACCESS_DENIED)).contains("3D000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "null"})
  void aRequestThatIsNoneIsInvalidAndReported(String text) {
    var run = job.run(text);

    assertThat(run.report().outcome()).as(run.log()).isEqualTo(Outcome.INVALID_REQUEST);
    assertThat(run.written()).isEqualTo(run.report());
  }

  @Test
  void anotherEngineIsInvalid() {
    job.engine = "Oracle";

    assertThat(message(job, Outcome.INVALID_REQUEST)).contains("Oracle");
  }
}
