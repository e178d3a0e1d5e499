package dev.schemaversion.runner.postgres.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.postgres.Quoted;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Closing a workspace removes everything that its migrations created, and affects no other
 * workspace.
 */
class ScratchLeftoversTest {
  @ParameterizedTest
  @EnumSource
  void serverWideObjectsOfMigrationsAreDroppedWithTheWorkspace(Installation at)
      throws SQLException {
    try (var real = at.real().fresh()) {
      real.admin("ALTER ROLE " + Quoted.name(real.owner()) + " CREATEROLE CREATEDB");
      for (var replay = 0; replay < 2; replay++) {
        try (var there = real.asOwner();
            var workspace = at.scratch().prepare(real.name(), there, null, Set.of())) {
          // stays open, like the session of an interrupted runner
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
  void aSecondWorkspaceDoesNotAffectAnOpenOne(Installation at) throws SQLException {
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
      assertThat(Rows.names(here, "SELECT 'a'::regclass")).containsExactly("a");
    }
  }
}
