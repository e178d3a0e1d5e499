package dev.schemaversion.runner.mariadb.scratch;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.mariadb.MariaDbCatalog;
import dev.schemaversion.runner.mariadb.Quoted;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The properties of the real database that a scratch database has to share.
 *
 * @param release the first two numbers of the version; servers of one release parse and write SQL
 *     in the same way
 * @param name the database's name
 * @param options its character set and collation, as options of CREATE DATABASE
 * @param user the name of the migrating user
 * @param host the host part of the user's account
 * @param lowerCaseNames {@code lower_case_table_names}, which is fixed when a server is initialised
 * @param trusting whether users can create functions and triggers without the right SUPER, which a
 *     server with a binary log requires unless log_bin_trust_function_creators is on
 * @param settings the statements that set what changes the effect of a script
 */
record RealDatabase(
    String release,
    String name,
    String options,
    String user,
    String host,
    String lowerCaseNames,
    boolean trusting,
    List<String> settings) {

  /**
   * Settings that change how a script is parsed and what it creates by default. Each server has a
   * subset of them.
   */
  private static final List<String> MEANINGFUL =
      List.of(
          "sql_mode",
          "time_zone",
          "character_set_server",
          "collation_server",
          "character_set_client",
          "character_set_results",
          "character_set_connection",
          "collation_connection",
          "character_set_collations",
          "default_storage_engine",
          "enforce_storage_engine",
          "default_collation_for_utf8mb4",
          "default_table_encryption",
          "explicit_defaults_for_timestamp",
          "innodb_strict_mode",
          "innodb_default_encryption_key_id",
          "old_mode",
          "old_alter_table",
          "foreign_key_checks",
          "sql_quote_show_create",
          "sql_auto_is_null",
          "sql_generate_invisible_primary_key",
          "sql_require_primary_key",
          "group_concat_max_len",
          "default_week_format",
          "div_precision_increment",
          "lc_time_names",
          "system_versioning_alter_history",
          "tx_isolation",
          "transaction_isolation");

  private static final String SESSION = "SET SESSION ";

  private static final String TRUSTING =
      """
      SELECT @@log_bin = 0 OR @@log_bin_trust_function_creators = 1 OR EXISTS (
        SELECT 1 FROM information_schema.user_privileges WHERE privilege_type = 'SUPER')
      """;

  static RealDatabase read(Connection real) throws SQLException {
    var schema =
        Rows.of(
                real,
                """
                SELECT schema_name, default_character_set_name, default_collation_name
                FROM information_schema.schemata WHERE schema_name = DATABASE()
                """,
                row ->
                    List.of(
                        row.getString(1),
                        " CHARACTER SET " + row.getString(2) + " COLLATE " + row.getString(3)))
            .getFirst();
    var account = Rows.names(real, "SELECT CURRENT_USER()").getFirst();
    int at = account.lastIndexOf('@');
    return new RealDatabase(
        release(real),
        schema.get(0),
        schema.get(1),
        account.substring(0, at),
        account.substring(at + 1),
        Rows.names(real, "SELECT @@lower_case_table_names").getFirst(),
        Rows.names(real, TRUSTING).getFirst().equals("1"),
        settings(real));
  }

  /** {@code 11.4} of {@code 11.4.3}. */
  static String release(Connection connection) throws SQLException {
    var version = MariaDbCatalog.version(Rows.names(connection, "SELECT VERSION()").getFirst());
    var numbers = version.split("\\.", -1);
    return numbers.length < 2 ? version : numbers[0] + "." + numbers[1];
  }

  private static List<String> settings(Connection real) throws SQLException {
    var settings = new ArrayList<String>();
    Rows.of(
            real,
            "SHOW SESSION VARIABLES",
            row -> List.of(row.getString(1), row.getString(2) == null ? "" : row.getString(2)))
        .stream()
        .filter(each -> MEANINGFUL.contains(each.get(0)))
        .filter(each -> !each.get(1).isEmpty() || each.get(0).endsWith("_mode"))
        .sorted(java.util.Comparator.comparing(each -> MEANINGFUL.indexOf(each.get(0))))
        .forEach(each -> settings.add(statement(each.get(0), each.get(1))));
    return settings;
  }

  private static String statement(String name, String value) {
    boolean number = !value.isEmpty() && value.chars().allMatch(Character::isDigit);
    return SESSION + name + " = " + (number ? value : Quoted.text(value));
  }

  /** The statements that set the same for all sessions that are opened later. */
  List<String> globalSettings() {
    return settings.stream()
        .map(setting -> "SET GLOBAL " + setting.substring(SESSION.length()))
        .toList();
  }
}
