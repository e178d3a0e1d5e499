package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.postgres.Quoted;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Grant;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Membership;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Reads the roles of the real server, their memberships, and the rights on server-wide objects. */
final class AccessReader {
  private static final int MEMBERSHIP_OPTIONS = 16;

  private final Connection real;
  private final int major;

  AccessReader(Connection real, int major) {
    this.real = real;
    this.major = major;
  }

  List<Role> roles() throws SQLException {
    return Rows.of(
        real,
        """
        SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolbypassrls
        FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> %s ORDER BY rolname
        """
            .formatted(Quoted.text(Sessions.SUPERUSER)),
        row ->
            new Role(
                row.getString(1),
                row.getBoolean(2),
                row.getBoolean(3),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getBoolean(6)));
  }

  /** Reads one membership for each pair of roles, independent of the number of grantors. */
  List<Membership> memberships() throws SQLException {
    var options =
        major >= MEMBERSHIP_OPTIONS ? "bool_or(inherit_option), bool_or(set_option)" : "true, true";
    return Rows.of(
        real,
        """
        SELECT r.rolname, m.rolname, bool_or(admin_option), %s
        FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
        WHERE m.rolname !~ '^pg_' AND %s NOT IN (r.rolname, m.rolname)
        GROUP BY 1, 2 ORDER BY 1, 2
        """
            .formatted(options, Quoted.text(Sessions.SUPERUSER)),
        row ->
            new Membership(
                row.getString(1),
                row.getString(2),
                row.getBoolean(3),
                row.getBoolean(4),
                row.getBoolean(5)));
  }

  List<Grant> grants() throws SQLException {
    return Rows.of(
        real,
        """
        SELECT kind, name, CASE WHEN a.grantee <> 0 THEN r.rolname END, a.privilege_type,
          bool_or(a.is_grantable)
        FROM (
          SELECT 'DATABASE' AS kind, datname AS name, datacl AS acl FROM pg_database
            WHERE datname = current_database()
          UNION ALL SELECT 'SCHEMA', nspname, nspacl FROM pg_namespace
            WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
          UNION ALL SELECT 'TABLESPACE', spcname, spcacl FROM pg_tablespace) o,
          aclexplode(acl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
        WHERE a.grantee = 0 OR r.rolname IS NOT NULL
        GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3 NULLS FIRST, 4
        """,
        row ->
            new Grant(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getBoolean(5)));
  }
}
