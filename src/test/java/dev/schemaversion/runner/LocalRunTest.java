package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.engine.SessionSource;
import dev.schemaversion.runner.report.Log;
import dev.schemaversion.runner.report.Shutdown;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** A run outside of a cluster cannot write to the real database. */
class LocalRunTest {
  @TempDir Path root;

  private static final LocalRun RUN =
      new LocalRun(
          new LocalInputs(Map.of(), null, Map.of()),
          new Log(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)),
          new Shutdown());

  static Stream<TestDatabase> databases() {
    return Stream.of(Postgres.fresh(), MariaDb.fresh());
  }

  @ParameterizedTest
  @MethodSource("databases")
  void theServerRefusesEveryWriteInItsSessions(TestDatabase database) throws SQLException {
    database.execute("CREATE TABLE images (id int)");
    try (var session = readOnly(database).getConnection();
        var statement = session.createStatement()) {
      for (var sql :
          new String[] {
            "INSERT INTO images VALUES (1)", "DELETE FROM images", "CREATE TABLE tags (id int)"
          }) {
        assertThatThrownBy(() -> statement.execute(sql))
            .asInstanceOf(type(SQLException.class))
            .extracting(SQLException::getSQLState)
            .isEqualTo("25006");
      }
    }
  }

  private static ReadOnlySessions readOnly(TestDatabase database) {
    return new ReadOnlySessions(
        new SessionSource() {
          @Override
          public Connection getConnection() throws SQLException {
            return database.connectAsOwner();
          }
        });
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"BASELINE", "SYNC"},
      mode = Mode.INCLUDE)
  void aStepThatWritesIsRefused(Step step) {
    var request = Codec.readRequest(new Job(root, Postgres.fresh()).request(step));

    assertThatThrownBy(() -> RUN.step(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("writes to the database");
  }

  @Test
  void theRequestOfAJobHasNoPasswordForAScratchServer() {
    var job = new Job(root, Postgres.fresh());

    assertThat(job.request(Step.PROVE)).contains("\"scratch\"").doesNotContain("password");
  }
}
