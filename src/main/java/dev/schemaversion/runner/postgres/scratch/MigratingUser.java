package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.postgres.Quoted;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The user that runs the migrations in the real database.
 *
 * @param login the role that logs in
 * @param role the role that runs the migrations
 * @param givenRole the role that is set after login, or null
 * @param canCreateSchemas whether {@link #role} has the right to create schemas, which extensions
 *     require too
 */
public record MigratingUser(String login, String role, String givenRole, boolean canCreateSchemas) {
  /**
   * Reads the user of a session.
   *
   * @param givenRole the role that is set after login, or null
   */
  static MigratingUser read(Connection real, String givenRole) throws SQLException {
    var role = givenRole == null ? one(real, "SELECT current_user") : givenRole;
    var canCreateSchemas =
        one(
            real,
            "SELECT has_database_privilege("
                + Quoted.text(role)
                + ", current_database(), 'CREATE')");
    return new MigratingUser(
        one(real, "SELECT session_user"), role, givenRole, "t".equals(canCreateSchemas));
  }

  /** Returns the roles whose sessions run migrations, one or two. */
  Set<String> roles() {
    return Stream.of(login, role).collect(Collectors.toSet());
  }

  private static String one(Connection real, String sql) throws SQLException {
    return Rows.names(real, sql).getFirst();
  }
}
