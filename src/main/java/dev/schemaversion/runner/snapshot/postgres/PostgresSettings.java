package dev.schemaversion.runner.snapshot.postgres;

import dev.schemaversion.runner.snapshot.Line;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads encoding and locale of a database, and the settings that {@code ALTER DATABASE} and {@code
 * ALTER ROLE} have given it. Those of the server's configuration are not read: they belong to the
 * machine, and another server with the same database has others.
 */
final class PostgresSettings {
  /**
   * The names of the columns depend on the version. {@code en_US.UTF-8} and {@code en_US.utf8} are
   * one locale. The version of a collation changes when the operating system is upgraded.
   */
  private static final String LOCALE =
      """
      SELECT key, value FROM pg_database d, LATERAL (SELECT to_jsonb(d) AS j) x, LATERAL (VALUES
        ('encoding', pg_encoding_to_char(encoding)),
        ('locale_provider', CASE j ->> 'datlocprovider' WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin'
          ELSE 'libc' END),
        ('lc_collate', regexp_replace(datcollate, '\\.utf-?8$', '.UTF-8', 'i')),
        ('lc_ctype', regexp_replace(datctype, '\\.utf-?8$', '.UTF-8', 'i')),
        ('locale', coalesce(j ->> 'datlocale', j ->> 'daticulocale')),
        ('icu_rules', j ->> 'daticurules')) AS v (key, value)
      WHERE datname = current_database() AND value IS NOT NULL
      """;

  private static final String GIVEN =
      """
      SELECT name || CASE
          WHEN s.setrole = 0 AND s.setdatabase = 0 THEN ' (all roles, all databases)'
          WHEN s.setrole = 0 THEN ''
          WHEN s.setdatabase = 0 THEN ' (role ' || quote_ident(r.rolname) || ', all databases)'
          ELSE ' (role ' || quote_ident(r.rolname) || ')' END, value
      FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole,
        unnest(s.setconfig) c,
        LATERAL (SELECT split_part(c, '=', 1) AS name, substr(c, strpos(c, '=') + 1) AS value) n
      WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
        AND (s.setrole = 0 OR r.rolname = ?)
        AND lower(name) IN ('array_nulls', 'bytea_output', 'datestyle',
          'default_text_search_config', 'default_transaction_isolation', 'intervalstyle',
          'lc_monetary', 'lc_numeric', 'lc_time', 'row_security', 'search_path',
          'standard_conforming_strings', 'timezone', 'transform_null_equals', 'xmloption')
      """;

  private PostgresSettings() {}

  static List<Line> read(Connection connection, String login) throws SQLException {
    var settings = new ArrayList<Line>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(LOCALE)) {
      while (rows.next()) {
        settings.add(Line.setting(rows.getString(1), rows.getString(2)));
      }
    }
    try (var statement = connection.prepareStatement(GIVEN)) {
      statement.setString(1, login);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          settings.add(Line.setting(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return settings.stream().sorted().toList();
  }
}
