package dev.schemaversion.runner.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.snapshot.comparison.Comparison;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Notes report what does not count as a difference. */
class NotesTest {
  private static final Scope SCOPE = Scope.of("public");
  private static final String BEFORE =
      """
      CREATE TABLE t (a integer, b text);
      CREATE UNIQUE INDEX i ON t (a);
      ALTER TABLE t ALTER a SET NOT NULL;
      CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
      CREATE MATERIALIZED VIEW v AS SELECT 1 AS a;
      """;

  private static final List<SnapshotDatabase> DATABASES = new ArrayList<>();

  @BeforeAll
  static void create() throws SQLException {
    for (var server : Server.values()) {
      DATABASES.add(SnapshotDatabase.on(server));
    }
  }

  @AfterAll
  static void drop() throws SQLException {
    for (var database : DATABASES) {
      database.close();
    }
    DATABASES.clear();
  }

  static List<Arguments> changes() {
    return List.of(
        Arguments.of(
            "COMMENT ON TABLE t IS 'two\nlines'", "+ comment on table public.t: two\\nlines"),
        Arguments.of("COMMENT ON COLUMN t.b IS 'c'", "+ comment on table column public.t.b: c"),
        Arguments.of("COMMENT ON FUNCTION f() IS 'c'", "+ comment on function public.f(): c"),
        Arguments.of(
            "ALTER TABLE t SET (fillfactor = 70)", "+ storage of table public.t: fillfactor=70"),
        Arguments.of(
            "ALTER INDEX i SET (fillfactor = 70)", "+ storage of index public.i: fillfactor=70"),
        Arguments.of(
            "ALTER TABLE t SET (toast.autovacuum_enabled = off)",
            "+ storage of table public.t: toast autovacuum_enabled=off"),
        Arguments.of(
            "ALTER TABLE t ALTER b SET STORAGE external",
            "+ storage of table public.t: column b storage e"),
        Arguments.of(
            "ALTER TABLE t ALTER b SET STATISTICS 7",
            "+ storage of table public.t: column b statistics 7"),
        Arguments.of("ALTER TABLE t REPLICA IDENTITY FULL", "+ replica identity public.t.FULL: "),
        Arguments.of(
            "ALTER TABLE t REPLICA IDENTITY USING INDEX i", "+ replica identity public.t.i: "),
        Arguments.of("ALTER TABLE t CLUSTER ON i", "+ storage of index public.i: clustered"),
        Arguments.of(
            "REFRESH MATERIALIZED VIEW v WITH NO DATA",
            "+ storage of materialized view public.v: not populated"),
        Arguments.of(
            "GRANT SELECT ON t TO pg_monitor",
            "+ grant public.t.pg_monitor.SELECT: GRANT SELECT ON TABLE public.t TO pg_monitor"),
        Arguments.of(
            "GRANT SELECT (b) ON t TO pg_monitor",
            "+ grant public.t.b.pg_monitor.SELECT: GRANT SELECT (b) ON TABLE public.t TO pg_monitor"),
        Arguments.of(
            "ALTER FUNCTION f() OWNER TO pg_monitor",
            "+ owner public.f().pg_monitor: ALTER FUNCTION public.f() OWNER TO pg_monitor"),
        Arguments.of(
            "ALTER FUNCTION f() DEPENDS ON EXTENSION plpgsql",
            "+ function public.f() is dropped with extension plpgsql"),
        Arguments.of(
            "CREATE SCHEMA o; CREATE TABLE o.x ()",
            "+ outside: schema o has 1 tables, views and sequences"),
        Arguments.of("CREATE EXTENSION citext", "+ extension citext: "));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeOnlyChangesTheNote(String change, String note) throws SQLException {
    for (var database : DATABASES) {
      database.execute("DROP SCHEMA IF EXISTS o, public CASCADE; CREATE SCHEMA public", BEFORE);
      var before = database.snapshot();
      var notes = new SnapshotReader(database.connection(), SCOPE).notes();

      database.execute(change);

      var comparison =
          Comparison.of(before, database.snapshot())
              .withNotes(notes, new SnapshotReader(database.connection(), SCOPE).notes());
      assertThat(comparison.isEqual()).isTrue();
      assertThat(comparison.notes()).anySatisfy(n -> assertThat(n).startsWith(note));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theOrderOfColumnsIsOnlyANote(Server server) throws SQLException {
    try (var one = SnapshotDatabase.on(server).execute("CREATE TABLE t (a integer, b text)");
        var two = SnapshotDatabase.on(server).execute("CREATE TABLE t (b text, a integer)")) {
      var comparison =
          Comparison.of(one.snapshot(), two.snapshot())
              .withNotes(
                  new SnapshotReader(one.connection(), SCOPE).notes(),
                  new SnapshotReader(two.connection(), SCOPE).notes());

      assertThat(comparison.differences()).isEmpty();
      assertThat(comparison.notes())
          .containsExactly(
              "- column order of table public.t: a, b", "+ column order of table public.t: b, a");
    }
  }
}
