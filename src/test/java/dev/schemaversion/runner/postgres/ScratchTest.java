package dev.schemaversion.runner.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.proof.ScratchLacks;
import dev.schemaversion.runner.proof.ScratchMajorMismatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A workspace on the scratch server, beside the real database it is made like. */
class ScratchTest {
  private static final String AWKWARD = "o'r\"d.er\n\\ 🦆;--";

  @ParameterizedTest
  @EnumSource
  void aWorkspaceIsLikeTheRealDatabase(Installation at) throws SQLException {
    try (var real = at.real().fresh(AWKWARD, "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")) {
      real.role("reporting " + AWKWARD, "NOINHERIT CREATEDB");
      real.role("group " + AWKWARD, "SUPERUSER REPLICATION BYPASSRLS CREATEROLE");
      var owner = Quoted.name(real.owner());
      var reporting = Quoted.name("reporting " + AWKWARD);
      var group = Quoted.name("group " + AWKWARD);
      var database = Quoted.name(AWKWARD);
      real.admin(
          "ALTER ROLE " + owner + " CREATEDB NOINHERIT",
          "GRANT " + reporting + " TO " + owner + " WITH ADMIN OPTION",
          "GRANT " + group + " TO " + reporting,
          "GRANT pg_monitor, pg_execute_server_program TO " + owner,
          "ALTER DATABASE " + database + " SET search_path TO \"$user\", \"a, b\", public",
          "ALTER DATABASE " + database + " SET array_nulls TO off",
          "ALTER DATABASE " + database + " SET \"app.tenant\" TO 'x''\\y'",
          "ALTER ROLE " + owner + " SET default_toast_compression TO 'pglz'",
          "ALTER ROLE " + owner + " IN DATABASE " + database + " SET xmloption TO document",
          "ALTER ROLE " + owner + " SET statement_timeout TO '1h'",
          "CREATE SCHEMA " + reporting + " AUTHORIZATION " + reporting,
          "GRANT USAGE ON SCHEMA " + reporting + " TO " + owner + " WITH GRANT OPTION",
          "REVOKE ALL ON SCHEMA public FROM PUBLIC",
          "GRANT CREATE ON SCHEMA public TO " + reporting,
          "REVOKE TEMPORARY ON DATABASE " + database + " FROM PUBLIC",
          "GRANT CREATE ON DATABASE " + database + " TO " + reporting);
      try (var there = real.asOwner();
          var workspace = at.scratch().prepare(AWKWARD, there, null, Set.of());
          var here = workspace.migrating().getConnection()) {
        var expected = RealDatabaseReader.read(there, null);
        var found = RealDatabaseReader.read(here, null);

        assertThat(found.major()).isEqualTo(at.major());
        assertThat(found.migrating()).isEqualTo(expected.migrating());
        assertThat(found.owner()).isEqualTo(expected.owner());
        assertThat(found.locale()).isEqualTo(expected.locale());
        assertThat(found.schemas()).isEqualTo(expected.schemas()).hasSize(2);
        assertThat(found.extensions()).isEqualTo(expected.extensions());
        assertThat(found.grants()).isEqualTo(expected.grants());
        assertThat(found.roles())
            .containsExactlyElementsOf(
                expected.roles().stream().map(role -> tame(role, real.owner())).toList());
        assertThat(found.memberships())
            .hasSize(3)
            .containsExactlyElementsOf(
                expected.memberships().stream()
                    .filter(m -> !m.role().equals("pg_execute_server_program"))
                    .toList());
        for (var setting :
            List.of(
                "search_path",
                "array_nulls",
                "app.tenant",
                "default_toast_compression",
                "xmloption",
                "standard_conforming_strings",
                "lc_monetary",
                "TimeZone")) {
          assertThat(show(here, setting)).as(setting).isEqualTo(show(there, setting));
        }
        assertThat(show(here, "statement_timeout")).isEqualTo("0");
        assertThat(show(here, "lock_timeout")).isEqualTo("5s");
      }
    }
  }

  private static RealDatabase.Role tame(RealDatabase.Role role, String migrating) {
    var migrates = role.name().equals(migrating);
    return new RealDatabase.Role(
        role.name(),
        false,
        role.inherits(),
        migrates && role.createsRoles(),
        migrates && role.createsDatabases(),
        migrates && role.bypassesRowSecurity());
  }

  private static String show(Connection connection, String setting) throws SQLException {
    return one(connection, "SELECT current_setting(" + Quoted.text(setting) + ")");
  }

  private static String one(Connection connection, String sql) throws SQLException {
    return Rows.names(connection, sql).getFirst();
  }

  @ParameterizedTest
  @EnumSource
  void whoeverIsSuperuserOnTheRealServerIsNoneHereButMayWorkOnEverything(Installation at)
      throws SQLException {
    try (var real = at.real().fresh()) {
      real.role("somebody", "");
      real.admin("CREATE SCHEMA theirs AUTHORIZATION somebody");
      try (var there = real.as("postgres");
          var workspace = at.scratch().prepare(real.name(), there, null, Set.of());
          var here = workspace.migrating().getConnection();
          var admin = workspace.admin()) {
        assertThat(one(here, "SELECT session_user")).isEqualTo("postgres");
        assertThat(one(here, "SELECT current_setting('is_superuser')")).isEqualTo("off");
        assertThat(
                Rows.names(
                    admin,
                    "SELECT rolname FROM pg_roles WHERE rolsuper AND rolcanlogin OR rolreplication"))
            .containsExactly("schemaversion_scratch");
        for (var outside :
            List.of(
                "COPY (SELECT 1) TO PROGRAM 'true'",
                "COPY (SELECT 1) TO '/tmp/out'",
                "SET ROLE schemaversion_scratch",
                "ALTER ROLE postgres SUPERUSER",
                "GRANT pg_execute_server_program TO postgres",
                "GRANT pg_write_server_files TO postgres",
                "CREATE ROLE evil IN ROLE pg_read_server_files",
                "CREATE EXTENSION file_fdw")) {
          assertThatThrownBy(() -> Sessions.execute(here, outside))
              .as(outside)
              .isInstanceOf(SQLException.class)
              .extracting(e -> ((SQLException) e).getSQLState())
              .isEqualTo("42501");
        }
        Sessions.execute(here, "CREATE ROLE made_here");
        Sessions.execute(here, "CREATE TABLE public.a ()");
        Sessions.execute(here, "CREATE SCHEMA more AUTHORIZATION somebody");
        Sessions.execute(here, "CREATE TABLE theirs.a ()");
        Sessions.execute(here, "ALTER TABLE theirs.a OWNER TO somebody");
        Sessions.execute(here, "SET ROLE somebody; CREATE TABLE theirs.b ()");
        Sessions.execute(here, "RESET ROLE; SET session_replication_role = replica");
        Sessions.execute(here, "COMMENT ON EXTENSION plpgsql IS 'as old dumps do'");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSessionsOfMigrationsTakeOnTheRole(Installation at) throws SQLException {
    try (var real = at.real().fresh()) {
      real.role("role of it", "CREATEROLE");
      real.admin(
          "GRANT \"role of it\" TO " + Quoted.name(real.owner()),
          "CREATE SCHEMA private AUTHORIZATION \"role of it\"");
      try (var there = real.asOwner()) {
        Sessions.execute(there, "SET ROLE \"role of it\"");
        try (var workspace = at.scratch().prepare("other", there, "role of it", Set.of());
            var here = workspace.migrating().getConnection()) {
          assertThat(one(here, "SELECT session_user")).isEqualTo(real.owner());
          assertThat(one(here, "SELECT current_user")).isEqualTo("role of it");
          assertThat(one(here, "SELECT current_database()")).isEqualTo("other");
          // it may make no schema, so that this one cannot be a migration's
          Sessions.execute(here, "CREATE TABLE private.a ()");
          Sessions.execute(here, "CREATE ROLE made_here");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatMigrationsMadeOnTheServerIsGoneWithTheWorkspace(Installation at) throws SQLException {
    try (var real = at.real().fresh()) {
      real.admin("ALTER ROLE " + Quoted.name(real.owner()) + " CREATEROLE CREATEDB");
      for (var replay = 0; replay < 2; replay++) {
        try (var there = real.asOwner();
            var workspace = at.scratch().prepare(real.name(), there, null, Set.of())) {
          // stays open, as the session of a runner that was interrupted
          var here = workspace.migrating().getConnection();
          Sessions.execute(
              here, "CREATE ROLE made; CREATE ROLE \"made, too\"; GRANT made TO \"made, too\"");
          Sessions.execute(here, "CREATE SCHEMA s; CREATE TABLE s.t (); GRANT ALL ON s.t TO made");
          Sessions.execute(
              here, "ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO made");
          Sessions.execute(here, "GRANT CREATE ON DATABASE " + real.name() + " TO made");
          Sessions.execute(here, "CREATE DATABASE another");
          Sessions.execute(here, "ALTER ROLE made SET search_path TO s");
        }
      }
      try (var own = new Sessions(at.address()).plain(Sessions.SUPERUSER)) {
        assertThat(Rows.names(own, "SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_'"))
            .containsExactly(Sessions.SUPERUSER);
        assertThat(Rows.names(own, "SELECT datname FROM pg_database ORDER BY 1"))
            .containsExactly(Sessions.SUPERUSER, "template0", "template1");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSecondWorkspaceLeavesAnOpenOneAlone(Installation at) throws SQLException {
    try (var real = at.real().fresh();
        var there = real.asOwner();
        var first = at.scratch().prepare(real.name(), there, null, Set.of());
        var here = first.migrating().getConnection()) {
      Sessions.execute(here, "CREATE TABLE a ()");
      try (var second = at.scratch().prepareEmpty("second", there, null);
          var other = second.migrating().getConnection()) {
        Sessions.execute(other, "CREATE TABLE a ()");
        assertThatThrownBy(() -> at.scratch().prepare("second", there, null, Set.of()))
            .isInstanceOf(IllegalStateException.class);
      }
      assertThat(one(here, "SELECT 'a'::regclass")).isEqualTo("a");
    }
  }

  @ParameterizedTest
  @EnumSource
  void extensionsThatMigrationsCannotCreateAreThere(Installation at) throws SQLException {
    try (var real = at.real().fresh()) {
      real.role("dba", "");
      real.admin(
          "CREATE SCHEMA \"ext ensions\"",
          "CREATE EXTENSION earthdistance WITH SCHEMA \"ext ensions\" CASCADE",
          "CREATE EXTENSION citext");
      real.execute("CREATE EXTENSION hstore");
      try (var there = real.asOwner();
          var workspace = at.scratch().prepare(real.name(), there, null, Set.of());
          var here = workspace.migrating().getConnection()) {
        var all =
            "SELECT extname || ' in ' || extnamespace::regnamespace || ' of ' ||"
                + " pg_get_userbyid(extowner) FROM pg_extension ORDER BY 1";
        assertThat(Rows.names(here, all))
            .hasSize(4)
            .containsExactlyElementsOf(
                Rows.names(there, all).stream().filter(e -> !e.startsWith("hstore")).toList());
        Sessions.execute(here, "CREATE EXTENSION hstore");
        Sessions.execute(here, "CREATE TABLE t (a citext, b hstore)");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMissingExtensionIsNamed(Installation at) throws SQLException {
    try (var real = at.real().fresh()) {
      real.admin(
          "CREATE EXTENSION citext",
          "UPDATE pg_extension SET extname = 'postgis', extversion = '3.4.2' WHERE extname = 'citext'");
      try (var there = real.asOwner()) {
        assertThatThrownBy(() -> at.scratch().prepare(real.name(), there, null, Set.of()))
            .isInstanceOf(ScratchLacks.class)
            .hasMessageContaining("“postgis” 3.4.2")
            .hasMessageContaining("spec.proof.scratch.image");
        assertThatThrownBy(() -> at.scratch().prepareEmpty(real.name(), there, null))
            .isInstanceOf(ScratchLacks.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMissingLocaleIsNamed(Installation at) throws SQLException {
    try (var real = at.real().fresh();
        var there = real.asOwner()) {
      // nobody can connect any more
      real.admin(
          "UPDATE pg_database SET datcollate = 'tlh_XX.utf8' WHERE datname = '"
              + real.name()
              + "'");
      assertThatThrownBy(() -> at.scratch().prepare(real.name(), there, null, Set.of()))
          .isInstanceOf(ScratchLacks.class)
          .hasMessageContaining("LC_COLLATE “tlh_XX.utf8”");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDatabaseWithoutItsPublicSchemaGivesAWorkspaceWithoutIt(Installation at)
      throws SQLException {
    try (var real = at.real().fresh()) {
      real.admin("DROP SCHEMA public");
      try (var there = real.asOwner()) {
        for (var empty : List.of(true, false)) {
          try (var workspace =
                  empty
                      ? at.scratch().prepareEmpty(real.name(), there, null)
                      : at.scratch().prepare(real.name(), there, null, Set.of());
              var admin = workspace.admin()) {
            assertThat(one(admin, "SELECT count(*) FROM pg_namespace WHERE nspname = 'public'"))
                .isEqualTo("0");
          }
        }
      }
    }
  }

  @Test
  void theIcuAndBuiltinLocalesOfTheRealDatabaseAreTakenOver() throws SQLException {
    var at = Installation.POSTGRES_18;
    for (var locale :
        List.of(
            "LOCALE_PROVIDER icu ICU_LOCALE 'de-AT' ICU_RULES '&V << w <<< W'",
            "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'")) {
      try (var real =
              at.real().fresh("located", "TEMPLATE template0 ENCODING UTF8 LOCALE 'C' " + locale);
          var there = real.asOwner();
          var workspace = at.scratch().prepare(real.name(), there, null, Set.of());
          var here = workspace.migrating().getConnection()) {
        assertThat(RealDatabaseReader.read(here, null).locale())
            .isEqualTo(RealDatabaseReader.read(there, null).locale());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTablespaceThatMigrationsNameIsThere(Installation at) throws SQLException {
    try (var real = at.real().fresh();
        var admin = real.as("postgres")) {
      Sessions.execute(admin, "SET allow_in_place_tablespaces = on");
      Sessions.execute(admin, "CREATE TABLESPACE \"fast disk\" LOCATION ''");
      Sessions.execute(
          admin, "GRANT CREATE ON TABLESPACE \"fast disk\" TO " + Quoted.name(real.owner()));
      try (var there = real.asOwner();
          var workspace = at.scratch().prepare(real.name(), there, null, Set.of());
          var here = workspace.migrating().getConnection()) {
        Sessions.execute(here, "CREATE TABLE a () TABLESPACE \"fast disk\"");
      } finally {
        Sessions.execute(admin, "DROP TABLESPACE \"fast disk\"");
      }
    }
  }

  @Test
  void anotherMajorVersionIsNoScratchServer() throws SQLException {
    try (var real = Installation.POSTGRES_15.real().fresh();
        var there = real.asOwner()) {
      assertThatThrownBy(
              () -> Installation.POSTGRES_18.scratch().prepare("x", there, null, Set.of()))
          .isInstanceOfSatisfying(
              ScratchMajorMismatch.class,
              e -> {
                assertThat(e.realMajor()).isEqualTo("15");
                assertThat(e.scratchMajor()).isEqualTo("18");
              });
    }
  }
}
