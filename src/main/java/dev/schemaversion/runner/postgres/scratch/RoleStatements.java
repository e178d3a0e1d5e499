package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.runner.postgres.Quoted;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Membership;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Builds the statements that create the real server's roles. None is superuser, because a superuser
 * can access files and programs, and only the migrating user can log in. A migrating user that is
 * superuser on the real server becomes a member of every other role instead, and superuser only if
 * the request permits that.
 */
final class RoleStatements {
  /** The predefined roles that are granted; the others read files and start programs. */
  private static final Set<String> HARMLESS =
      Set.of(
          "pg_checkpoint",
          "pg_maintain",
          "pg_monitor",
          "pg_read_all_data",
          "pg_read_all_settings",
          "pg_read_all_stats",
          "pg_signal_backend",
          "pg_stat_scan_tables",
          "pg_use_reserved_connections",
          "pg_write_all_data");

  /**
   * Before PostgreSQL 16, a role with CREATEROLE can grant itself the predefined roles that access
   * files and programs, unless these are superusers.
   */
  private static final String PROTECT_SERVER_ROLES =
      "UPDATE pg_catalog.pg_authid SET rolsuper = true WHERE rolname IN"
          + " ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')";

  private static final int MEMBERSHIP_OPTIONS = 16;
  private static final int PARAMETER_RIGHTS = 15;

  private final RealDatabase real;
  private final Set<String> existing;
  private final List<String> statements = new ArrayList<>();

  private final boolean superuser;

  private RoleStatements(RealDatabase real, Set<String> existing, boolean superuser) {
    this.real = real;
    this.existing = existing;
    this.superuser = superuser;
  }

  /**
   * Returns the statements.
   *
   * @param existing the roles that exist on the scratch server, including the predefined ones
   * @param superuser whether a migrating user that is superuser on the real server stays superuser
   */
  static List<String> of(RealDatabase real, Set<String> existing, boolean superuser) {
    var builder = new RoleStatements(real, existing, superuser);
    if (real.major() < MEMBERSHIP_OPTIONS) {
      builder.statements.add(PROTECT_SERVER_ROLES);
    }
    real.roles().forEach(builder::role);
    var memberships = builder.memberships();
    memberships.forEach(builder::grant);
    return List.copyOf(builder.statements);
  }

  private void role(Role role) {
    var migrates = real.user().roles().contains(role.name());
    statements.add(
        (existing.contains(role.name()) ? "ALTER ROLE " : "CREATE ROLE ")
            + Quoted.name(role.name())
            + option(superuser && migrates && role.superuser(), "SUPERUSER")
            + " NOREPLICATION"
            + option(migrates, "LOGIN")
            + option(role.inherits(), "INHERIT")
            + option(migrates && (role.createsRoles() || role.superuser()), "CREATEROLE")
            + option(migrates && (role.createsDatabases() || role.superuser()), "CREATEDB")
            + option(migrates && (role.bypassesRowSecurity() || role.superuser()), "BYPASSRLS"));
    if (migrates && role.superuser() && real.major() >= PARAMETER_RIGHTS) {
      statements.add(
          "GRANT SET ON PARAMETER session_replication_role TO " + Quoted.name(role.name()));
    }
  }

  private static String option(boolean on, String name) {
    return on ? " " + name : " NO" + name;
  }

  private List<Membership> memberships() {
    var memberships =
        new ArrayList<>(
            real.memberships().stream()
                .filter(m -> !m.role().startsWith("pg_") || isHarmless(m.role()))
                .toList());
    real.user().roles().stream()
        .sorted()
        .filter(name -> real.role(name).map(Role::superuser).orElse(false))
        .forEach(name -> joinAll(name, memberships));
    return memberships;
  }

  private boolean isHarmless(String role) {
    return HARMLESS.contains(role) && existing.contains(role);
  }

  /** Makes a role a member of all other roles, except those that are members of it. */
  private void joinAll(String member, List<Membership> memberships) {
    HARMLESS.stream()
        .sorted()
        .filter(existing::contains)
        .forEach(role -> memberships.add(new Membership(role, member, true, true, true)));
    for (var role : real.roles()) {
      if (!reaches(role.name(), member, memberships, new HashSet<>())) {
        memberships.removeIf(m -> m.role().equals(role.name()) && m.member().equals(member));
        memberships.add(new Membership(role.name(), member, true, true, true));
      }
    }
  }

  private static boolean reaches(
      String from, String to, List<Membership> memberships, Set<String> visited) {
    if (from.equals(to)) {
      return true;
    }
    return visited.add(from)
        && memberships.stream()
            .filter(m -> m.member().equals(from))
            .anyMatch(m -> reaches(m.role(), to, memberships, visited));
  }

  private void grant(Membership m) {
    var options =
        real.major() >= MEMBERSHIP_OPTIONS
            ? " WITH ADMIN " + m.admin() + ", INHERIT " + m.inherits() + ", SET " + m.set()
            : m.admin() ? " WITH ADMIN OPTION" : "";
    statements.add("GRANT " + Quoted.name(m.role()) + " TO " + Quoted.name(m.member()) + options);
  }
}
