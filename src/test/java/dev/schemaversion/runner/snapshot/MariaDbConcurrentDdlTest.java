package dev.schemaversion.runner.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.testing.MariaDb;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Another session changes the schema during a reading of MariaDB, where DDL has no transactions.
 */
class MariaDbConcurrentDdlTest {
  private static final int ROUNDS = 60;

  /**
   * Each object has the number of its round in it. Otherwise two readings could see the same
   * mixture of two rounds, which nothing in MariaDB's catalog tells from one state.
   */
  private static final List<String> COME =
      List.of(
          "CREATE TABLE come_and_go (a INT DEFAULT ROUND CHECK (a IN (1, 2)), KEY i (a))",
          "CREATE TRIGGER come_and_go BEFORE INSERT ON come_and_go FOR EACH ROW SET NEW.a = ROUND",
          "CREATE VIEW come_and_go_view AS SELECT a, ROUND AS round FROM come_and_go",
          "CREATE FUNCTION come_and_go() RETURNS INT RETURN ROUND");

  private static final List<String> GO =
      List.of("DROP FUNCTION come_and_go", "DROP VIEW come_and_go_view", "DROP TABLE come_and_go");

  @Test
  void aSnapshotShowsAnExistingStateOrFailsAsBusy() throws SQLException {
    var database = MariaDb.fresh().admin("CREATE TABLE t (a INT PRIMARY KEY)");
    try (var connection = database.connect();
        var other = database.connect()) {
      var states = new HashSet<Set<String>>();
      states.add(lines(connection));
      for (var statement : come(0)) {
        execute(other, statement);
        states.add(lines(connection));
      }
      for (var statement : GO) {
        execute(other, statement);
        states.add(lines(connection));
      }

      var read = 0;
      var change = CompletableFuture.runAsync(() -> comeAndGo(other));
      while (!change.isDone() || read == 0) {
        try {
          assertThat(states).contains(lines(connection));
        } catch (SchemaBusy e) {
          assertThat(e).hasMessageContaining("5 readings");
        }
        read++;
      }
      change.join();

      assertThat(states).contains(lines(connection));
    }
  }

  /** The information schema leaves out what is locked, and says so in a warning only. */
  @Test
  void aLockedSchemaIsBusyUntilTheLockIsReleased() throws SQLException {
    MariaDb.onlyMariaDb("MySQL shows a table when it is there, and locks none of its views of it");
    var database = MariaDb.fresh().admin("CREATE TABLE t (a INT)");
    try (var connection = database.connect();
        var other = database.connect()) {
      var before = lines(connection);
      var session = session(other);
      var change =
          CompletableFuture.runAsync(
              () ->
                  assertThatThrownBy(() -> execute(other, "CREATE TABLE u SELECT SLEEP(600)"))
                      .isInstanceOf(SQLException.class));
      await().until(() -> !database.query("SHOW TABLES LIKE 'u'").isEmpty());
      var reader = new SnapshotReader(connection, Scope.of(), Duration.ofMillis(50));

      assertThatThrownBy(reader::read)
          .isInstanceOf(SchemaBusy.class)
          .hasMessageContaining("Lock wait timeout");

      database.admin("KILL " + session);
      change.join();
      assertThat(lines(reader)).isEqualTo(before);
    }
  }

  private static Set<String> lines(Connection connection) throws SQLException {
    return lines(new SnapshotReader(connection, Scope.of()));
  }

  /** The lines without the number of the round. */
  private static Set<String> lines(SnapshotReader reader) throws SQLException {
    return reader.read().lines().stream()
        .map(line -> line.toString().replaceAll("70[0-9]{2}", "ROUND"))
        .collect(Collectors.toSet());
  }

  private static List<String> come(int round) {
    return COME.stream().map(sql -> sql.replace("ROUND", "" + (7000 + round))).toList();
  }

  private static String session(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT CONNECTION_ID()")) {
      row.next();
      return row.getString(1);
    }
  }

  private static void comeAndGo(Connection connection) {
    try {
      for (var i = 0; i < ROUNDS; i++) {
        for (var statement : come(i)) {
          execute(connection, statement);
        }
        for (var statement : GO) {
          execute(connection, statement);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
