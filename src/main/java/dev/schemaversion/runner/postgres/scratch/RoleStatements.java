package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.runner.postgres.Quoted;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Membership;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the real server's roles. None is superuser, because that one can reach outside, and none
 * but the migrating user can log in. A migrating user who is superuser on the real server becomes
 * the nearest thing: in every other role.
 */
final class RoleStatements {
  /** PostgreSQL's own roles that can be given; the others read files and start programs. */
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
   * There, whoever may create roles may also become a member of those that reach outside, unless
   * they count as superusers.
   */
  private static final String KEPT_BACK =
      "UPDATE pg_catalog.pg_authid SET rolsuper = true WHERE rolname IN"
          + " ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')";

  private static final int MEMBERSHIP_OPTIONS = 16;
  private static final int PARAMETER_RIGHTS = 15;

  private final RealDatabase real;
  private final Set<String> existing;
  private final List<String> statements = new ArrayList<>();

  private RoleStatements(RealDatabase real, Set<String> existing) {
    this.real = real;
    this.existing = existing;
  }

  /**
   * The statements.
   *
   * @param existing the roles the scratch server has already, PostgreSQL's own among them
   */
  static List<String> of(RealDatabase real, Set<String> existing) {
    var made = new RoleStatements(real, existing);
    if (real.major() < MEMBERSHIP_OPTIONS) {
      made.statements.add(KEPT_BACK);
    }
    real.roles().forEach(made::role);
    var memberships = made.memberships();
    memberships.forEach(made::grant);
    return List.copyOf(made.statements);
  }

  private void role(Role role) {
    var migrates = real.migrating().contains(role.name());
    statements.add(
        (existing.contains(role.name()) ? "ALTER ROLE " : "CREATE ROLE ")
            + Quoted.name(role.name())
            + " NOSUPERUSER NOREPLICATION"
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
    real.migrating().stream()
        .sorted()
        .filter(name -> real.role(name).map(Role::superuser).orElse(false))
        .forEach(name -> joinAll(name, memberships));
    return memberships;
  }

  private boolean isHarmless(String role) {
    return HARMLESS.contains(role) && existing.contains(role);
  }

  /** Makes a role a member of all others that are not members of it. */
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
      String from, String to, List<Membership> memberships, Set<String> seen) {
    if (from.equals(to)) {
      return true;
    }
    return seen.add(from)
        && memberships.stream()
            .filter(m -> m.member().equals(from))
            .anyMatch(m -> reaches(m.role(), to, memberships, seen));
  }

  private void grant(Membership m) {
    var options =
        real.major() >= MEMBERSHIP_OPTIONS
            ? " WITH ADMIN " + m.admin() + ", INHERIT " + m.inherits() + ", SET " + m.set()
            : m.admin() ? " WITH ADMIN OPTION" : "";
    statements.add("GRANT " + Quoted.name(m.role()) + " TO " + Quoted.name(m.member()) + options);
  }
}
