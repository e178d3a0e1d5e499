package dev.schemaversion.runner.postgres.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.postgres.Quoted;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A workspace on the scratch server has the properties of the real database. */
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
        assertThat(found.user().roles()).isEqualTo(expected.user().roles());
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
    return Rows.names(connection, "SELECT current_setting(" + Quoted.text(setting) + ")")
        .getFirst();
  }

  @ParameterizedTest
  @EnumSource
  void extensionsThatMigrationsCannotCreateExist(Installation at) throws SQLException {
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
  void aTablespaceThatMigrationsUseExists(Installation at) throws SQLException {
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

  @ParameterizedTest
  @EnumSource
  void aWorkspaceLacksThePublicSchemaIfTheRealDatabaseDoes(Installation at) throws SQLException {
    try (var real = at.real().fresh()) {
      real.admin("DROP SCHEMA public");
      try (var there = real.asOwner()) {
        for (var empty : List.of(true, false)) {
          try (var workspace =
                  empty
                      ? at.scratch().prepareEmpty(real.name(), there, null)
                      : at.scratch().prepare(real.name(), there, null, Set.of());
              var admin = workspace.admin()) {
            assertThat(
                    Rows.names(admin, "SELECT count(*) FROM pg_namespace WHERE nspname = 'public'"))
                .containsExactly("0");
          }
        }
      }
    }
  }

  @Test
  void aWorkspaceHasTheIcuAndBuiltinLocalesOfTheRealDatabase() throws SQLException {
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
}
