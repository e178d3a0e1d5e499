package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.postgres.Quoted;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Extension;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Grant;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Locale;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Membership;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Owned;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Role;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Setting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads from the catalog of the real server what every user may read there. */
final class RealDatabaseReader {
  private static final int BUILTIN_LOCALES = 17;
  private static final int MEMBERSHIP_OPTIONS = 16;
  private static final int ICU_RULES = 16;
  private static final int PROVIDERS = 15;

  private final Connection real;
  private final int major;

  private RealDatabaseReader(Connection real, int major) {
    this.real = real;
    this.major = major;
  }

  static int major(Connection connection) throws SQLException {
    return Rows.of(
            connection,
            "SELECT current_setting('server_version_num')::int / 10000",
            row -> row.getInt(1))
        .getFirst();
  }

  /**
   * Reads it.
   *
   * @param role the role that is taken on after login, or null
   */
  static RealDatabase read(Connection real, String role) throws SQLException {
    return new RealDatabaseReader(real, major(real)).read(role);
  }

  private RealDatabase read(String givenRole) throws SQLException {
    var sessionUser = one("SELECT session_user");
    var role = givenRole == null ? one("SELECT current_user") : givenRole;
    var may =
        one(
            "SELECT has_database_privilege("
                + Quoted.text(role)
                + ", current_database(), 'CREATE')");
    return new RealDatabase(
        major,
        sessionUser,
        role,
        givenRole,
        "t".equals(may),
        database(),
        locale(),
        roles(),
        memberships(),
        settings(sessionUser),
        owned(SCHEMAS),
        extensions(),
        owned(TABLESPACES),
        grants());
  }

  private String one(String sql) throws SQLException {
    return Rows.names(real, sql).getFirst();
  }

  private Owned database() throws SQLException {
    return owned(
            """
            SELECT datname, pg_get_userbyid(datdba), datacl IS NOT NULL FROM pg_database
            WHERE datname = current_database()
            """)
        .getFirst();
  }

  private static final String SCHEMAS =
      """
      SELECT nspname, pg_get_userbyid(nspowner), nspacl IS NOT NULL FROM pg_namespace n
      WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND NOT EXISTS (
        SELECT FROM pg_depend WHERE classid = 'pg_namespace'::regclass AND objid = n.oid
          AND deptype = 'e')
      ORDER BY nspname
      """;

  private static final String TABLESPACES =
      """
      SELECT spcname, pg_get_userbyid(spcowner), spcacl IS NOT NULL FROM pg_tablespace
      WHERE spcname !~ '^pg_' ORDER BY spcname
      """;

  private List<Owned> owned(String sql) throws SQLException {
    return Rows.of(
        real, sql, row -> new Owned(row.getString(1), row.getString(2), row.getBoolean(3)));
  }

  private Locale locale() throws SQLException {
    var provider = major >= PROVIDERS ? "datlocprovider" : "'c'";
    var locale =
        major >= BUILTIN_LOCALES ? "datlocale" : major >= PROVIDERS ? "daticulocale" : "NULL";
    var rules = major >= ICU_RULES ? "daticurules" : "NULL";
    return Rows.of(
            real,
            """
            SELECT pg_encoding_to_char(encoding), datcollate, datctype,
              CASE %s WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
              %s, %s
            FROM pg_database WHERE datname = current_database()
            """
                .formatted(provider, locale, rules),
            row ->
                new Locale(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6)))
        .getFirst();
  }

  private List<Role> roles() throws SQLException {
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

  /** One for each pair, however many have granted it. */
  private List<Membership> memberships() throws SQLException {
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

  /**
   * What the server's configuration says, then what has been set for databases and roles, the
   * nearest last.
   */
  private List<Setting> settings(String sessionUser) throws SQLException {
    var settings = new ArrayList<Setting>();
    settings.addAll(
        Rows.of(
            real,
            """
            SELECT NULL, name, reset_val FROM pg_settings
            WHERE reset_val IS NOT NULL AND (name IN (%s) AND source <> 'client'
              OR name LIKE '%%.%%' AND source IN ('configuration file', 'command line'))
            ORDER BY name
            """
                .formatted(Settings.meaningful()),
            RealDatabaseReader::setting));
    settings.addAll(
        Rows.of(
            real,
            """
            SELECT CASE WHEN s.setrole <> 0 THEN pg_get_userbyid(s.setrole) END,
              split_part(c, '=', 1), substr(c, strpos(c, '=') + 1)
            FROM pg_db_role_setting s, unnest(s.setconfig) c
            WHERE (s.setdatabase = 0
                OR s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()))
              AND (s.setrole = 0 OR pg_get_userbyid(s.setrole) = %s)
            ORDER BY s.setrole <> 0, s.setdatabase <> 0, 2
            """
                .formatted(Quoted.text(sessionUser)),
            RealDatabaseReader::setting));
    return settings.stream().filter(setting -> Settings.matter(setting.name())).toList();
  }

  private static Setting setting(ResultSet row) throws SQLException {
    return new Setting(row.getString(1), row.getString(2), row.getString(3));
  }

  private List<Extension> extensions() throws SQLException {
    return Rows.of(
        real,
        """
        SELECT extname, extversion, CASE WHEN NOT EXISTS (
            SELECT FROM pg_depend WHERE classid = 'pg_namespace'::regclass AND objid = extnamespace
              AND deptype = 'e') THEN nspname END, pg_get_userbyid(extowner)
        FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace ORDER BY e.oid
        """,
        row ->
            new Extension(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
  }

  private List<Grant> grants() throws SQLException {
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
