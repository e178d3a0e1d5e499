package dev.schemaversion.runner.postgres.clone;

import java.util.regex.Pattern;

/**
 * Converts the output of pg_dump, which is meant for psql of the same version, to SQL for the
 * scratch server.
 */
final class DumpText {
  private static final String COMMENTS = "\\A((?:--[^\n]*\n|\n)*)";
  private static final Pattern RESTRICT = Pattern.compile(COMMENTS + "\\\\restrict (\\w+)\n");

  /** Matches only before the first other statement, so never inside a function. */
  private static final Pattern TRANSACTION_TIMEOUT =
      Pattern.compile(COMMENTS + "((?:SET \\w+ = [\\w']+;\n)*?)SET transaction_timeout = 0;\n");

  private static final int HAS_TRANSACTION_TIMEOUT = 17;

  private DumpText() {}

  static String sql(String dump, int serverMajor) {
    var sql = dump;
    var restrict = RESTRICT.matcher(sql);
    if (restrict.find()) {
      var last = "\n\\unrestrict " + restrict.group(2) + "\n";
      var end = sql.lastIndexOf(last);
      sql =
          restrict.group(1)
              + sql.substring(restrict.end(), end < 0 ? sql.length() : end + 1)
              + (end < 0 ? "" : sql.substring(end + last.length()));
    }
    return serverMajor < HAS_TRANSACTION_TIMEOUT
        ? TRANSACTION_TIMEOUT.matcher(sql).replaceFirst("$1$2")
        : sql;
  }
}
