package dev.schemaversion.runner.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.runner.snapshot.comparison.Comparison;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Snapshots of equal schemas are equal, and a snapshot needs no rights but to read the catalog. */
class SnapshotTest {
  @ParameterizedTest
  @EnumSource
  void equalSchemasAreEqualIndependentOfNamesAndSettings(Server server) throws SQLException {
    try (var one = SnapshotDatabase.on(server).script("original.sql");
        var two = SnapshotDatabase.on(server)) {
      for (var setting :
          List.of(
              "search_path = public",
              "quote_all_identifiers = on",
              "DateStyle = 'German'",
              "TimeZone = 'Asia/Tokyo'",
              "IntervalStyle = 'sql_standard'")) {
        two.execute("ALTER DATABASE " + two.name() + " SET " + setting);
      }
      two.script("original.sql");
      try (var again = new SnapshotDatabase(server, server.connect(two.name()))) {
        var found = again.snapshot();

        assertThat(found.lines()).isEqualTo(one.snapshot().lines());
        assertThat(found.fingerprint())
            .isEqualTo(one.snapshot().fingerprint())
            .matches("sha256:[0-9a-f]{64}");
        assertThat(found.header().lines())
            .containsExactly("format 2", "engine PostgreSQL", "major " + server.major());
      }
    }
  }

  @Test
  void aSnapshotRestoresTheSession() throws SQLException {
    try (var database =
        SnapshotDatabase.on(Server.POSTGRES_18).execute("SET search_path = public")) {
      database.snapshot();

      assertThat(database.connection().getAutoCommit()).isTrue();
      try (var statement = database.connection().createStatement();
          var row = statement.executeQuery("SHOW search_path")) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("public");
      }
    }
  }

  @Test
  void anOpenTransactionIsRejected() throws SQLException {
    try (var database = SnapshotDatabase.on(Server.POSTGRES_18)) {
      database.connection().setAutoCommit(false);

      assertThatThrownBy(database::snapshot).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aDatabaseWithOnlySchemasAndExtensionsIsEmpty() throws SQLException {
    try (var database =
        SnapshotDatabase.on(Server.POSTGRES_18).execute("CREATE EXTENSION citext")) {
      assertThat(database.snapshot().isEmpty()).isTrue();

      database.execute("CREATE TABLE t (a integer) PARTITION BY RANGE (a)");
      assertThat(database.snapshot().isEmpty()).isFalse();
      assertThat(database.snapshot(ignoring("* public.t*")).isEmpty()).isFalse();
    }
  }

  @Test
  void aSchemaThatDoesNotExistHasNoLine() throws SQLException {
    try (var database = SnapshotDatabase.on(Server.POSTGRES_18)) {
      assertThat(database.snapshot(Scope.of("public", "nowhere")).lines())
          .extracting(Line::toString)
          .containsExactly("extension plpgsql: ", "schema public: ");
    }
  }

  @Test
  void ignoredObjectsAreCountedAndThePatternsAreInTheHeader() throws SQLException {
    try (var database =
        SnapshotDatabase.on(Server.POSTGRES_18)
            .execute("CREATE TABLE t (a integer)", "CREATE TABLE tmp_x (b integer PRIMARY KEY)")) {
      var scope = ignoring("* public.tmp_*", "index public.*", "column *.b");
      var snapshot = database.snapshot(scope);

      assertThat(snapshot.lines())
          .filteredOn(line -> line.within().startsWith("public"))
          .extracting(Line::toString)
          .containsExactly("column public.t.a: integer", "table public.t: ");
      assertThat(snapshot.ignored())
          .containsEntry("* public.tmp_*", 3)
          .containsEntry("index public.*", 0)
          .containsEntry("column *.b", 1);
      assertThat(snapshot.header().lines())
          .contains("ignore * public.tmp_*", "ignore column *.b", "ignore index public.*");
      assertThat(snapshot.fingerprint()).isNotEqualTo(database.snapshot().fingerprint());
    }
  }

  @Test
  void snapshotsWithDifferentHeadersAreNotCompared() throws SQLException {
    try (var database = SnapshotDatabase.on(Server.POSTGRES_18)) {
      var one = database.snapshot();
      var two = database.snapshot(ignoring("* x"));

      assertThatThrownBy(() -> Comparison.of(one, two))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aUserWithoutRightsSeesTheWholeSchema() throws SQLException {
    var server = Server.POSTGRES_18;
    try (var database =
        SnapshotDatabase.on(server).script("original.sql").execute("CREATE ROLE plain LOGIN")) {
      database.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC");
      try (var plain = new SnapshotDatabase(server, server.connect(database.name(), "plain"))) {
        assertThat(plain.snapshot().lines()).isEqualTo(database.snapshot().lines());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUnreadableCatalogFailsInsteadOfBeingEmpty(Server server) throws SQLException {
    try (var database = SnapshotDatabase.on(server).execute("CREATE ROLE blind LOGIN")) {
      database.execute("REVOKE SELECT ON pg_proc FROM PUBLIC");
      try (var blind = new SnapshotDatabase(server, server.connect(database.name(), "blind"))) {
        assertThatThrownBy(blind::snapshot)
            .isInstanceOf(CannotReadCatalog.class)
            .hasMessageContaining("pg_proc");
        assertThat(blind.connection().getAutoCommit()).isTrue();
      }
    }
  }

  @Test
  void aCatalogFunctionWithoutExecuteRightFails() throws SQLException {
    var server = Server.POSTGRES_18;
    try (var database = SnapshotDatabase.on(server).execute("CREATE ROLE deaf LOGIN")) {
      database.execute("REVOKE EXECUTE ON FUNCTION pg_get_functiondef(oid) FROM PUBLIC");
      try (var deaf = new SnapshotDatabase(server, server.connect(database.name(), "deaf"))) {
        assertThatThrownBy(deaf::snapshot)
            .isInstanceOf(CannotReadCatalog.class)
            .hasMessageContaining("pg_get_functiondef");
      }
    }
  }

  @Test
  void twoThousandTablesAreReadInOneQuery() throws SQLException {
    try (var database = SnapshotDatabase.on(Server.POSTGRES_18)) {
      for (var from = 1; from < 2_000; from += 200) {
        database.execute(
            """
            DO $$BEGIN FOR i IN %d..%d LOOP
              EXECUTE format('CREATE TABLE t%%s (id bigint PRIMARY KEY, a text DEFAULT ''x'','
                || ' b varchar(20) NOT NULL CHECK (b IN (''y'', ''z'')))', i);
              EXECUTE format('CREATE INDEX ON t%%s (lower(a))', i);
            END LOOP; END$$"""
                .formatted(from, from + 199));
      }
      var before = statements(database);
      var snapshot = new SnapshotReader(database.connection(), Scope.of("public")).readAlone();

      assertThat(snapshot.lines()).hasSize(2_000 * 7 + 2);
      assertThat(statements(database) - before).isEqualTo(1);
    }
  }

  /**
   * The number of statements, counted by the scans of a catalog table that each of them reads once.
   */
  private static int statements(SnapshotDatabase database) throws SQLException {
    try (var statement = database.connection().createStatement()) {
      statement.execute("SELECT pg_stat_clear_snapshot(), pg_stat_force_next_flush()");
      try (var row =
          statement.executeQuery(
              "SELECT seq_scan FROM pg_stat_sys_tables WHERE relname = 'pg_extension'")) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static Scope ignoring(String... patterns) {
    return new Scope(List.of("public"), List.of(patterns).stream().map(IgnorePattern::of).toList());
  }
}
