package dev.schemaversion.runner.mariadb.impact;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement that changes a table, taken apart so that it can be tried on another table.
 *
 * @param head everything before the name of the table
 * @param schema the database as written, or null
 * @param table the name of the table, unquoted
 * @param rest everything after the name
 * @param isAlter whether it is ALTER TABLE, and not CREATE INDEX or DROP INDEX
 */
record AlterStatement(String head, String schema, String table, String rest, boolean isAlter) {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
  private static final String PART = "(?:`(?:[^`]|``)+`|[\\w$\\x{80}-\\x{ffff}]+)";
  private static final String NAME = "(?:(" + PART + ")\\s*\\.\\s*)?(" + PART + ")";

  private static final Pattern ALTER =
      Pattern.compile(
          "(ALTER\\s+(?:ONLINE\\s+)?(?:IGNORE\\s+)?TABLE\\s+(?:IF\\s+EXISTS\\s+)?)"
              + NAME
              + "(?:\\s+(?:WAIT\\s+\\d+|NOWAIT)\\b)?(\\s.*)",
          FLAGS);

  private static final Pattern INDEX =
      Pattern.compile(
          "((?:CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:ONLINE\\s+|OFFLINE\\s+)?"
              + "(?:UNIQUE\\s+|FULLTEXT\\s+|SPATIAL\\s+)?INDEX\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?"
              + PART
              + "(?:\\s+USING\\s+\\w+)?|DROP\\s+INDEX\\s+(?:IF\\s+EXISTS\\s+)?"
              + PART
              + ")\\s+ON\\s+)"
              + NAME
              + "(.*)",
          FLAGS);

  /** Such a clause is the only one in its statement, and no comma separates it from options. */
  private static final Pattern PARTITIONS =
      Pattern.compile("\\s*(?:PARTITION\\s+BY|REMOVE\\s+PARTITIONING)\\b.*", FLAGS);

  /** Its effect is on names, which cannot be tried on a copy, and never on rows. */
  private static final Pattern RENAMES_TABLE =
      Pattern.compile("\\s*RENAME\\s+(?!COLUMN\\b|INDEX\\b|KEY\\b).*", FLAGS);

  private static final Pattern ALGORITHM =
      Pattern.compile("\\bALGORITHM\\s*=?\\s*(INSTANT|NOCOPY|INPLACE|COPY)\\b", FLAGS);

  private static final Pattern LOCK =
      Pattern.compile("\\bLOCK\\s*=?\\s*(NONE|SHARED|EXCLUSIVE)\\b", FLAGS);

  /** Takes a statement apart; empty if it changes no table. */
  static Optional<AlterStatement> of(String sql) {
    var alter = ALTER.matcher(sql);
    if (alter.matches()) {
      return Optional.of(of(alter, true));
    }
    var index = INDEX.matcher(sql);
    return index.matches() ? Optional.of(of(index, false)) : Optional.empty();
  }

  private static AlterStatement of(Matcher matcher, boolean isAlter) {
    return new AlterStatement(
        matcher.group(1),
        matcher.group(2) == null ? null : unquoted(matcher.group(2)),
        unquoted(matcher.group(3)),
        matcher.group(4),
        isAlter);
  }

  private static String unquoted(String name) {
    return name.startsWith("`") ? name.substring(1, name.length() - 1).replace("``", "`") : name;
  }

  boolean renamesTable() {
    return isAlter && RENAMES_TABLE.matcher(rest).matches();
  }

  /** The algorithm that it asks for itself. */
  Optional<String> algorithm() {
    return first(ALGORITHM);
  }

  /** The lock that it asks for itself. */
  Optional<String> lock() {
    return first(LOCK);
  }

  private Optional<String> first(Pattern pattern) {
    var matcher = pattern.matcher(rest);
    return matcher.find()
        ? Optional.of(matcher.group(1).toUpperCase(Locale.ROOT))
        : Optional.empty();
  }

  /**
   * The same for another table, with an algorithm and a lock where it asks for none.
   *
   * @param forced the lock; null to leave it to the server
   */
  String on(String other, String forcedAlgorithm, String forced) {
    var options = new StringBuilder();
    var separator = isAlter ? ", " : " ";
    if (algorithm().isEmpty()) {
      options.append("ALGORITHM=").append(forcedAlgorithm).append(separator);
    }
    if (forced != null && lock().isEmpty()) {
      options.append("LOCK=").append(forced).append(separator);
    }
    if (!isAlter) {
      return head + other + rest + "\n" + options;
    }
    // Clauses about partitions have to be the last ones.
    var clauses =
        PARTITIONS.matcher(rest).matches()
            ? options.toString().replaceFirst(", $", " ")
            : options.toString();
    return head + other + " " + clauses + rest.strip();
  }
}
