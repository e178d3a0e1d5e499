package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.engine.SessionSource;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server refuses every write of a Job whose step does not write. */
class RunModeTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "BASELINE, true",
    "SYNC, true",
    "VERIFY, false",
    "PROVE, false",
    "PLAN, false",
  })
  void onlyABaselineAndASyncCanWrite(Step step, boolean writes) throws SQLException {
    for (var database : new TestDatabase[] {Postgres.fresh(), MariaDb.fresh()}) {
      assertThat(canWrite(RunMode.JOB, database, step)).as("%s", database).isEqualTo(writes);
      assertThat(canWrite(RunMode.readingOnly(RunMode.JOB.work()), database, step)).isFalse();
    }
  }

  private static boolean canWrite(RunMode mode, TestDatabase database, Step step)
      throws SQLException {
    var source =
        new SessionSource() {
          @Override
          public Connection getConnection() throws SQLException {
            return database.connectAsOwner();
          }
        };
    try (var session = mode.sessions(source, step).getConnection();
        var statement = session.createStatement()) {
      statement.execute("CREATE TABLE written (id int)");
      statement.execute("DROP TABLE written");
      return true;
    } catch (SQLException e) {
      assertThat(e.getSQLState()).isEqualTo("25006");
      return false;
    }
  }
}
