package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.SessionSource;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.postgres.PostgreSql;
import dev.schemaversion.runner.report.ReportDraft;
import dev.schemaversion.testing.MariaDb;
import dev.schemaversion.testing.Postgres;
import dev.schemaversion.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server that is gone without a word is noticed, which the kernel does for us if it is asked. */
@EnabledOnOs(OS.LINUX)
class KeepAliveTest {
  /** The kernel's timers count hundredths of a second. */
  private static final int HUNDREDTHS = 100;

  private static final String ESTABLISHED = "01";
  private static final String KEEP_ALIVE = "02";

  @TempDir Path root;

  @Test
  void aSessionOnPostgreSqlAsksAfterAMinuteWhetherTheServerIsThere() throws SQLException {
    assertIsAsked(Postgres.fresh(), new PostgreSql());
  }

  @Test
  void aSessionOnMariaDbAsksAfterAMinuteWhetherTheServerIsThere() throws SQLException {
    assertIsAsked(MariaDb.fresh(), new dev.schemaversion.runner.mariadb.MariaDb(MariaDb.product()));
  }

  private void assertIsAsked(TestDatabase database, Engine engine) throws SQLException {
    var request = new Job(root, database).request(Step.SYNC);
    var target = Target.of(Requests.read(request, new ReportDraft()), new Inputs(root), engine);
    try (var session = engine.sessions(target).getConnection()) {
      assertThat(session.isValid(0)).isTrue();
      assertThat(keepAliveTimers(database.port()))
          .isNotEmpty()
          .anyMatch(left -> left <= SessionSource.KEEP_ALIVE_IDLE_SECONDS * HUNDREDTHS);
    }
  }

  /** What is left until the next question, for each connection to a port. */
  private static List<Integer> keepAliveTimers(int port) {
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .map(Path::of)
        .filter(Files::exists)
        .flatMap(KeepAliveTest::lines)
        .map(line -> line.strip().split("\\s+"))
        .filter(fields -> fields[2].endsWith(":%04X".formatted(port)))
        .filter(fields -> fields[3].equals(ESTABLISHED))
        .map(fields -> fields[5].split(":"))
        .filter(timer -> timer[0].equals(KEEP_ALIVE))
        .map(timer -> Integer.parseInt(timer[1], 16))
        .toList();
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().skip(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
