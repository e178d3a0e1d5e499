package dev.schemaversion.runner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.ProofRules;
import dev.schemaversion.runner.Job;
import dev.schemaversion.testing.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Scripts that are not rolled back as a whole, and sessions that hold them up. */
final class NonTransactionalFixture {
  /** The first migration: what the others change. */
  static final String FIRST =
      """
      CREATE TYPE mood AS ENUM ('sad');
      CREATE TABLE t (a int, b int, m mood);
      CREATE INDEX i ON t (a);
      CREATE PROCEDURE p() LANGUAGE plpgsql AS $$
      BEGIN INSERT INTO t VALUES (7); COMMIT; INSERT INTO t VALUES (8); END $$;
      """;

  private NonTransactionalFixture() {}

  /** A Job whose database is at version 1. */
  static Job migrated(Path root, Postgres.Database database) {
    var job = new Job(root, database).file("V1__t.sql", FIRST);
    assertThat(job.sync("1").report().outcome()).isEqualTo(Outcome.SUCCEEDED);
    job.proof = ProofRules.STRICT;
    return job;
  }

  /** One statement in each line; the second cannot run in a transaction. */
  static String twelve(String eighth) {
    var sql = new StringBuilder();
    for (int line = 1; line <= 12; line++) {
      sql.append(
              line == 2
                  ? "DROP INDEX CONCURRENTLY i;"
                  : line == 8 ? eighth : "CREATE TABLE t" + line + " (id int);")
          .append('\n');
    }
    return sql.toString();
  }

  /** The sessions in which this statement waits for a lock. */
  static List<String> waiting(Postgres.Database database, String statement) {
    return database.query(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            + " AND wait_event_type = 'Lock' AND query LIKE '"
            + statement
            + "%'");
  }

  /** A session with a transaction that sees an old state, so that index builds wait for it. */
  static Connection withSnapshot(Postgres.Database database) throws SQLException {
    var session = database.connect();
    try (var statement = session.createStatement()) {
      statement.execute("SET application_name = 'patient'");
      session.setAutoCommit(false);
      session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.execute("SELECT 1");
    }
    return session;
  }

  /** Runs to version 2 and ends the migrating session as soon as this statement waits. */
  static Job.Ended killedIn(String statement, Job job, Postgres.Database database) {
    var run = CompletableFuture.supplyAsync(() -> job.sync("2"));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> run.isDone() || !waiting(database, statement).isEmpty());
    assertThat(run).isNotDone();
    database.admin("SELECT pg_terminate_backend(" + waiting(database, statement).getFirst() + ")");
    var ended = run.join();
    assertThat(ended.report().outcome()).as(ended.log()).isEqualTo(Outcome.CONNECTION_LOST);
    assertThat(ended.report().message()).contains("next attempt determines");
    return ended;
  }
}
