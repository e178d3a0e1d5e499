package dev.schemaversion.runner.postgres.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.postgres.Quoted;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rights of migrations in a workspace and outside of it. */
class ScratchRightsTest {
  @ParameterizedTest
  @EnumSource
  void aSuperuserOfTheRealServerIsOnlyAMemberOfAllRolesHere(Installation at) throws SQLException {
    try (var real = at.real().fresh()) {
      real.role("somebody", "");
      real.admin("CREATE SCHEMA theirs AUTHORIZATION somebody");
      try (var there = real.as("postgres");
          var workspace = at.scratch().prepare(real.name(), there, null, Set.of());
          var here = workspace.migrating().getConnection();
          var admin = workspace.admin()) {
        assertThat(Rows.names(here, "SELECT session_user")).containsExactly("postgres");
        assertThat(Rows.names(here, "SELECT current_setting('is_superuser')"))
            .containsExactly("off");
        assertThat(
                Rows.names(
                    admin,
                    "SELECT rolname FROM pg_roles WHERE rolsuper AND rolcanlogin OR"
                        + " rolreplication"))
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
  void sessionsOfMigrationsSetTheRole(Installation at) throws SQLException {
    try (var real = at.real().fresh()) {
      real.role("role of it", "CREATEROLE");
      real.admin(
          "GRANT \"role of it\" TO " + Quoted.name(real.owner()),
          "CREATE SCHEMA private AUTHORIZATION \"role of it\"");
      try (var there = real.asOwner()) {
        Sessions.execute(there, "SET ROLE \"role of it\"");
        try (var workspace = at.scratch().prepare("other", there, "role of it", Set.of());
            var here = workspace.migrating().getConnection()) {
          assertThat(Rows.names(here, "SELECT session_user")).containsExactly(real.owner());
          assertThat(Rows.names(here, "SELECT current_user")).containsExactly("role of it");
          assertThat(Rows.names(here, "SELECT current_database()")).containsExactly("other");
          // the role cannot create schemas, so no migration has created this one
          Sessions.execute(here, "CREATE TABLE private.a ()");
          Sessions.execute(here, "CREATE ROLE made_here");
        }
      }
    }
  }
}
