package dev.schemaversion.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pooler in between shows by one process of the server behind two sessions. */
class PoolerTest {
  @TempDir Path root;

  private Connections connections;
  private Target target;

  @BeforeEach
  void prepare() {
    var job = new Job(root, Postgres.fresh());
    target = Target.of(Requests.read(job.request(Step.SYNC), new Findings()), new Inputs(root));
    connections = new Connections(target);
  }

  @Test
  void twoSessionsOfTheServerItselfAreFine() throws SQLException {
    try (var one = connections.getConnection();
        var other = connections.getConnection()) {
      assertThatCode(() -> Server.failIfPooled(one, other, target)).doesNotThrowAnyException();
    }
  }

  @Test
  void twoSessionsThatShareAProcessAreRefused() throws SQLException {
    try (var one = connections.getConnection()) {
      assertThatThrownBy(() -> Server.failIfPooled(one, one, target))
          .isInstanceOfSatisfying(
              RunFailure.class,
              failure -> assertThat(failure.outcome()).isEqualTo(Outcome.POOLER_REFUSED))
          .hasMessageContaining("pool_mode");
    }
  }
}
