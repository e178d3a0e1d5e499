package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.postgres.Quoted;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Extension;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Locale;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Owned;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Setting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the properties of the real database from the catalog tables that every user can read. */
final class RealDatabaseReader {
  private static final int BUILTIN_LOCALES = 17;
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
   * Reads the properties of the real database.
   *
   * @param role the role that is set after login, or null
   */
  static RealDatabase read(Connection real, String role) throws SQLException {
    return new RealDatabaseReader(real, major(real)).read(role);
  }

  private RealDatabase read(String givenRole) throws SQLException {
    var user = MigratingUser.read(real, givenRole);
    var access = new AccessReader(real, major);
    return new RealDatabase(
        major,
        user,
        database(),
        locale(),
        access.roles(),
        access.memberships(),
        settings(user.login()),
        owned(SCHEMAS),
        extensions(),
        owned(TABLESPACES),
        access.grants());
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

  /**
   * Reads the settings of the server's configuration, then those of databases and roles, the most
   * specific last.
   */
  private List<Setting> settings(String login) throws SQLException {
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
                .formatted(Quoted.text(login)),
            RealDatabaseReader::setting));
    return settings.stream().filter(setting -> Settings.isRelevant(setting.name())).toList();
  }

  private static Setting setting(ResultSet row) throws SQLException {
    return new Setting(row.getString(1), row.getString(2), row.getString(3));
  }

  private List<Extension> extensions() throws SQLException {
    return Rows.of(
        real,
        """
        WITH RECURSIVE part (extension, classid, objid) AS (
          SELECT refobjid, classid, objid FROM pg_depend
            WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
          UNION SELECT p.extension, d.classid, d.objid FROM part p JOIN pg_depend d
            ON d.refclassid = p.classid AND d.refobjid = p.objid AND d.deptype IN ('a', 'i'))
        SELECT extname, extversion, CASE WHEN NOT EXISTS (
            SELECT FROM pg_depend WHERE classid = 'pg_namespace'::regclass AND objid = extnamespace
              AND deptype = 'e') THEN nspname END, pg_get_userbyid(extowner),
          EXISTS (SELECT FROM pg_depend d JOIN part p ON p.classid = d.refclassid
            AND p.objid = d.refobjid WHERE p.extension = e.oid AND d.deptype IN ('n', 'x')
              AND (d.classid, d.objid) NOT IN (SELECT o.classid, o.objid FROM part o))
          OR EXISTS (SELECT FROM pg_depend WHERE refclassid = 'pg_extension'::regclass
            AND refobjid = e.oid AND deptype IN ('n', 'x'))
        FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace ORDER BY e.oid
        """,
        row ->
            new Extension(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getBoolean(5)));
  }
}
