package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.runner.postgres.Quoted;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Setting;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Selects the settings of the real database that affect migrations, and builds the statements that
 * set them.
 */
final class Settings {
  /**
   * Settings that change the effect of a script: how its text is parsed, what it creates by
   * default, how values in defaults are formatted. Settings that only affect performance,
   * durability or logging are not included.
   */
  private static final Set<String> MEANINGFUL =
      Set.of(
          "DateStyle",
          "IntervalStyle",
          "TimeZone",
          "array_nulls",
          "backslash_quote",
          "bytea_output",
          "check_function_bodies",
          "createrole_self_grant",
          "default_table_access_method",
          "default_tablespace",
          "default_text_search_config",
          "default_toast_compression",
          "default_transaction_isolation",
          "lc_messages",
          "lc_monetary",
          "lc_numeric",
          "lc_time",
          "lo_compat_privileges",
          "quote_all_identifiers",
          "restrict_nonsystem_relation_kind",
          "row_security",
          "search_path",
          "standard_conforming_strings",
          "timezone_abbreviations",
          "transform_null_equals",
          "xmlbinary",
          "xmloption");

  /**
   * Settings of a database or a role that must not be set on the scratch server: timeouts do not
   * apply to another machine, libraries may be missing, and a read-only database cannot be
   * migrated.
   */
  private static final Set<String> HARMFUL =
      Set.of(
          "default_transaction_read_only",
          "dynamic_library_path",
          "idle_in_transaction_session_timeout",
          "idle_session_timeout",
          "local_preload_libraries",
          "lock_timeout",
          "session_preload_libraries",
          "statement_timeout",
          "synchronous_standby_names",
          "temp_tablespaces",
          "transaction_timeout");

  private Settings() {}

  static String meaningful() {
    return new TreeSet<>(MEANINGFUL).stream().map(Quoted::text).collect(Collectors.joining(", "));
  }

  static boolean isRelevant(String name) {
    return !HARMFUL.contains(name.toLowerCase(java.util.Locale.ROOT)) && !name.startsWith("log_");
  }

  static String statement(Setting setting, String database) {
    var where =
        setting.role() == null
            ? "ALTER DATABASE " + Quoted.name(database)
            : "ALTER ROLE " + Quoted.name(setting.role()) + " IN DATABASE " + Quoted.name(database);
    if (setting.name().equals("search_path")) {
      // a list of names; quoted as one text it would be one name
      return "SELECT set_config('search_path', "
          + Quoted.text(setting.value())
          + ", true); "
          + where
          + " SET search_path FROM CURRENT";
    }
    // a name with a dot consists of two identifiers
    var name = Quoted.name(setting.name()).replace(".", "\".\"");
    return where + " SET " + name + " TO " + Quoted.text(setting.value());
  }
}
