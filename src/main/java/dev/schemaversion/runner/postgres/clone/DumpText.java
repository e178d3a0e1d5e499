package dev.schemaversion.runner.postgres.clone;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /**
   * Servers since November 2026 number the definitions of each column there, and older programs
   * dump it as if it were an option. The number is each server's own, and older servers reject it.
   */
  private static final String COLUMN_VERSION = "pg_attver=";

  private static final Pattern COLUMN_OPTIONS =
      Pattern.compile(
          "(?m)^(ALTER (?:FOREIGN )?TABLE ONLY .+ ALTER COLUMN .+ SET \\()(.*"
              + COLUMN_VERSION
              + ".*)\\);\n");

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
    sql = COLUMN_OPTIONS.matcher(sql).replaceAll(DumpText::withoutVersion);
    return serverMajor < HAS_TRANSACTION_TIMEOUT
        ? TRANSACTION_TIMEOUT.matcher(sql).replaceFirst("$1$2")
        : sql;
  }

  private static String withoutVersion(MatchResult statement) {
    var options =
        Stream.of(statement.group(2).split(", "))
            .filter(option -> !option.startsWith(COLUMN_VERSION))
            .collect(Collectors.joining(", "));
    return options.isEmpty() ? "" : Matcher.quoteReplacement(statement.group(1) + options + ");\n");
  }
}
