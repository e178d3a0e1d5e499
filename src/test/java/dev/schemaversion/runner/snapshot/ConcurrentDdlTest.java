package dev.schemaversion.runner.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another session changes the schema during a reading. */
class ConcurrentDdlTest {
  private static final int ROUNDS = 150;
  private static final String CREATE =
      """
      CREATE TABLE come_and_go (a integer DEFAULT 1 CHECK (a IN (1, 2)), b text);
      CREATE INDEX come_and_go_b ON come_and_go (lower(b)) WHERE a > 1;
      CREATE VIEW come_and_go_view AS SELECT a FROM come_and_go;
      CREATE FUNCTION come_and_go() RETURNS integer LANGUAGE sql RETURN 1;
      """;
  private static final String DROP =
      "DROP FUNCTION come_and_go; DROP VIEW come_and_go_view; DROP TABLE come_and_go;";

  @ParameterizedTest
  @EnumSource
  void aSnapshotShowsAnExistingStateOrFailsAsBusy(Server server) throws SQLException {
    try (var database = SnapshotDatabase.on(server).script("original.sql");
        var other = new SnapshotDatabase(server, server.connect(database.name()))) {
      var states = new HashSet<Set<Line>>();
      states.add(lines(database));
      states.add(lines(database.execute(CREATE)));
      database.execute(DROP);

      var busy = 0;
      var seen = 0;
      var change = CompletableFuture.runAsync(() -> comeAndGo(other));
      while (!change.isDone() || seen + busy == 0) {
        try {
          assertThat(states).contains(lines(database));
          seen++;
        } catch (SchemaBusy e) {
          busy++;
        }
      }
      change.join();

      assertThat(states).contains(lines(database));
    }
  }

  /**
   * Column and constraint are read at different moments, so a single reading can mix two states.
   */
  @ParameterizedTest
  @EnumSource
  void aSnapshotNeverMixesTwoStates(Server server) throws SQLException {
    try (var database = SnapshotDatabase.on(server).script("original.sql");
        var other = new SnapshotDatabase(server, server.connect(database.name()))) {
      database.execute("CREATE TABLE moving (c0 integer CONSTRAINT k CHECK (c0 > 0))");
      var change = CompletableFuture.runAsync(() -> rename(other));
      do {
        try {
          assertUnmixed(database.snapshot());
        } catch (SchemaBusy e) {
          assertThat(e).hasMessageContaining("5 readings");
        }
      } while (!change.isDone());
      change.join();

      assertUnmixed(database.snapshot());
    }
  }

  private static void assertUnmixed(Snapshot snapshot) {
    var moving =
        snapshot.lines().stream().filter(line -> line.within().equals("public.moving")).toList();
    assertThat(moving)
        .extracting(Line::content)
        .containsExactly("integer", "CHECK ((" + moving.getFirst().local() + " > 0))");
  }

  private static void rename(SnapshotDatabase database) {
    try {
      for (var i = 0; i < ROUNDS; i++) {
        database.execute("ALTER TABLE moving RENAME c" + i + " TO c" + (i + 1));
        database.execute("SELECT count(*) FROM generate_series(1, 40000)"); // some snapshots fit in
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aLockedSchemaIsBusyUntilTheLockIsReleased() throws SQLException {
    var server = Server.POSTGRES_18;
    try (var database = SnapshotDatabase.on(server).script("original.sql");
        var other = new SnapshotDatabase(server, server.connect(database.name()))) {
      var before = database.snapshot();
      other.connection().setAutoCommit(false);
      other.execute("LOCK TABLE public.customer");

      var reader =
          new SnapshotReader(database.connection(), Scope.of("public"), Duration.ofMillis(50));
      assertThatThrownBy(reader::read)
          .isInstanceOf(SchemaBusy.class)
          .hasMessageContaining("lock timeout");

      other.connection().rollback();
      assertThat(reader.read().lines()).isEqualTo(before.lines());
    }
  }

  private static Set<Line> lines(SnapshotDatabase database) throws SQLException {
    return Set.copyOf(database.snapshot().lines());
  }

  private static void comeAndGo(SnapshotDatabase database) {
    try {
      for (var i = 0; i < ROUNDS; i++) {
        database.execute(CREATE, DROP);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
