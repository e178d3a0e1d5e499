package dev.schemaversion.runner.mariadb.scratch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.scratch.DumpFailed;
import dev.schemaversion.testing.MariaDb;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Reads the schema dump that a clone is created from. */
class MariaDbCloneTest {
  /** The information schema omits the table, with a warning only. */
  @Test
  void aLockedTableFailsTheDumpInsteadOfBeingOmitted() throws SQLException {
    MariaDb.onlyMariaDb("MySQL shows a table when it is there");
    var database = MariaDb.fresh();
    try (var real = database.connect();
        var other = database.connect()) {
      ScratchSessions.execute(real, List.of("SET SESSION lock_wait_timeout = 1"));
      var session = Rows.names(other, "SELECT CONNECTION_ID()").getFirst();
      var locked = CompletableFuture.runAsync(() -> createSlowly(other));
      await().until(() -> !database.query("SHOW TABLES LIKE 'u'").isEmpty());

      assertThatThrownBy(() -> SchemaDump.read(real, "flyway_schema_history"))
          .isInstanceOf(DumpFailed.class)
          .hasMessageContaining("Lock wait timeout")
          .hasMessageContaining("not touched");

      database.admin("KILL " + session);
      locked.join();
    }
  }

  private static void createSlowly(Connection session) {
    assertThatThrownBy(
            () -> ScratchSessions.execute(session, List.of("CREATE TABLE u SELECT SLEEP(600)")))
        .isInstanceOf(SQLException.class);
  }
}
