package dev.schemaversion.runner.postgres.clone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.postgres.Quoted;
import dev.schemaversion.runner.postgres.scratch.Installation;
import dev.schemaversion.runner.postgres.scratch.RealTestDatabase;
import dev.schemaversion.runner.postgres.scratch.Sessions;
import dev.schemaversion.runner.scratch.ScratchLacks;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import dev.schemaversion.runner.snapshot.Scope;
import dev.schemaversion.runner.snapshot.SnapshotReader;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.snapshot.postgres.RoundTrip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A clone equals the real database, with pg_dump 15 and with pg_dump 18. */
class SchemaCloneTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Scope ALL = Scope.of("public", "reporting", "o'dd \"na\nme\" 🦆");
  private static final String TABLE = "History of\" it";

  @BeforeAll
  static void requirePgDump() {
    PgDump.require();
  }

  private static SchemaClone clone(Target source, Installation at) {
    return new SchemaClone(source, at.dump(), LONG, () -> false);
  }

  private static RealTestDatabase rich(Installation at) throws SQLException, IOException {
    try (var stream = SchemaCloneTest.class.getResourceAsStream("rich.sql")) {
      var real = at.real().fresh();
      try (var connection = real.asOwner();
          var statement = connection.createStatement()) {
        statement.execute(
            "DO "
                + Quoted.text(
                    "BEGIN EXECUTE "
                        + Quoted.text(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                        + "; END"));
      }
      return real;
    }
  }

  private static String one(Connection connection, String sql) throws SQLException {
    return Rows.names(connection, sql).getFirst();
  }

  @ParameterizedTest
  @EnumSource
  void aCloneEqualsTheRealDatabase(Installation at) throws SQLException, IOException {
    try (var real = rich(at);
        var there = real.asOwner();
        var workspace = at.scratch().prepareEmpty(real.name(), there, null)) {
      clone(real.source(), at).into(workspace, there, "public", TABLE);
      try (var fresh = real.asOwner();
          var here = workspace.admin()) {
        var expected = new SnapshotReader(here, ALL).readAlone();
        var found = new SnapshotReader(fresh, ALL).read();

        assertThat(found.lines()).hasSizeGreaterThan(70);
        assertThat(new RoundTrip(here, ALL).settle(Comparison.of(expected, found)).differences())
            .isEmpty();
        assertThat(new SnapshotReader(here, ALL).notes())
            .isEqualTo(new SnapshotReader(fresh, ALL).notes());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCloneContainsOnlyTheRowsOfTheHistoryTable(Installation at)
      throws SQLException, IOException {
    try (var real = rich(at);
        var there = real.asOwner();
        var workspace = at.scratch().prepareEmpty(real.name(), there, null)) {
      clone(real.source(), at).into(workspace, there, "public", TABLE);
      try (var here = workspace.admin()) {
        var rows = "SELECT h::text FROM public.\"History of\"\" it\" h ORDER BY installed_rank";
        assertThat(Rows.names(here, rows)).hasSize(2).isEqualTo(Rows.names(there, rows));
        assertThat(one(here, "SELECT count(*) FROM public.customer")).isEqualTo("0");
        assertThat(one(here, "SELECT is_called FROM public.numbers")).isEqualTo("f");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void migrationsRunOnACloneAsOnTheRealDatabase(Installation at) throws SQLException, IOException {
    try (var real = rich(at);
        var there = real.asOwner();
        var workspace = at.scratch().prepareEmpty(real.name(), there, null)) {
      clone(real.source(), at).into(workspace, there, "public", TABLE);
      try (var here = workspace.migrating().getConnection()) {
        assertThatThrownBy(
                () ->
                    Sessions.execute(
                        here, "ALTER TABLE public.customer ALTER COLUMN mail TYPE text"))
            .hasMessageContaining("used by a view")
            .matches(e -> !ScratchUnavailable.isCauseOf(e));
        Sessions.execute(here, "ALTER TABLE public.customer ADD COLUMN extra text");
        Sessions.execute(here, "CREATE TABLE public.sums AS SELECT * FROM public.a_count");
        Sessions.execute(here, "REFRESH MATERIALIZED VIEW CONCURRENTLY public.b_names");
        Sessions.execute(here, "DROP FUNCTION public.is_open(varchar)");
        Sessions.execute(here, "ALTER EXTENSION citext UPDATE; COMMENT ON EXTENSION citext IS ''");
        assertThatThrownBy(() -> Sessions.execute(here, "SELECT * FROM public.never"))
            .hasMessageContaining("has not been populated");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void objectsThatRequireASuperuserAreClonedAndNoRoleStaysSuperuser(Installation at)
      throws SQLException {
    try (var real = at.real().fresh()) {
      real.admin(
          "CREATE EXTENSION postgres_fdw",
          "CREATE SERVER away FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'elsewhere')",
          "CREATE USER MAPPING FOR PUBLIC SERVER away OPTIONS (user 'u', password 'hidden')",
          "CREATE FOREIGN TABLE far (a integer) SERVER away",
          "CREATE FUNCTION public.seen() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
          "CREATE EVENT TRIGGER seen ON ddl_command_start EXECUTE FUNCTION public.seen()",
          "GRANT SELECT ON far TO PUBLIC");
      try (var there = real.as("postgres");
          var workspace = at.scratch().prepareEmpty(real.name(), there, null)) {
        clone(real.source("postgres", null), at).into(workspace, there, "public", "absent");
        try (var here = workspace.admin();
            var migrating = workspace.migrating().getConnection()) {
          assertThat(one(here, "SELECT evtowner::regrole FROM pg_event_trigger"))
              .isEqualTo("postgres");
          assertThat(
                  Rows.names(here, "SELECT rolname FROM pg_roles WHERE rolsuper AND rolcanlogin"))
              .containsExactly(Sessions.SUPERUSER);
          assertThat(one(here, "SELECT umoptions FROM pg_user_mappings")).isNull();
          assertThatThrownBy(() -> Sessions.execute(migrating, "SELECT * FROM far"))
              .extracting(e -> ((SQLException) e).getSQLState())
              .isEqualTo("2F003");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anExtensionThatTheScratchServerLacksAndNothingUsesIsLeftOut(Installation at)
      throws SQLException {
    try (var real = at.real().fresh()) {
      real.admin(
          "CREATE EXTENSION pg_stat_statements",
          "COMMENT ON EXTENSION pg_stat_statements IS 'of the DBA'",
          "UPDATE pg_extension SET extname = 'in \"house' WHERE extname = 'pg_stat_statements'");
      try (var there = real.asOwner();
          var workspace = at.scratch().prepareEmpty(real.name(), there, null)) {
        if (at.major() < 17) { // as its pg_dump
          assertThatThrownBy(() -> clone(real.source(), at).into(workspace, there, "public", TABLE))
              .isInstanceOf(ScratchLacks.class)
              .hasMessageContaining("pg_dump 17 or newer");
        } else {
          clone(real.source(), at).into(workspace, there, "public", TABLE);
          try (var here = workspace.admin()) {
            assertThat(Rows.names(here, "SELECT extname FROM pg_extension"))
                .containsExactly("plpgsql");
          }
        }
      }
    }
  }
}
