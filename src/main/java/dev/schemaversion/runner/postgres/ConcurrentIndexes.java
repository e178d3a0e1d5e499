package dev.schemaversion.runner.postgres;

import dev.schemaversion.runner.engine.InvalidIndexes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Statements that build, rebuild or drop indexes concurrently, and the invalid ones they leave. */
final class ConcurrentIndexes implements InvalidIndexes {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
  private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)";
  private static final String QUALIFIED = NAME + "(?:\\s*\\.\\s*" + NAME + ")*";

  private static final Pattern ANY =
      Pattern.compile(
          "(?:CREATE(?:\\s+UNIQUE)?|DROP)\\s+INDEX\\s+CONCURRENTLY\\b.*"
              + "|REINDEX\\b[^;\"']*?\\bCONCURRENTLY\\b.*",
          FLAGS);

  private static final Pattern CREATE =
      Pattern.compile(
          "CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+CONCURRENTLY\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?("
              + NAME
              + ")\\s+ON\\s+(?:ONLY\\s+)?("
              + QUALIFIED
              + ").*",
          FLAGS);

  private static final Pattern REINDEX =
      Pattern.compile(
          "REINDEX\\s*(?:\\([^)]*\\)\\s*)?(INDEX|TABLE|SCHEMA|DATABASE|SYSTEM)\\b\\s*"
              + "(?:CONCURRENTLY\\b\\s*)?("
              + QUALIFIED
              + ")?.*",
          FLAGS);

  /** The old or the new one of the two that exist while an index is rebuilt; maybe truncated. */
  private static final Pattern REBUILT =
      Pattern.compile("(.+)_cc(?:new|old)[0-9]*", Pattern.DOTALL);

  /** The server truncates long names to this number of bytes. */
  private static final int LONG_NAME = 63 - "_ccnew99".length() - 4;

  private static final String INVALID =
      """
      SELECT n.nspname, t.relname, i.relname,
        quote_ident(n.nspname) || '.' || quote_ident(t.relname), quote_ident(i.relname),
        quote_ident(n.nspname) || '.' || quote_ident(i.relname)
      FROM pg_index x
      JOIN pg_class i ON i.oid = x.indexrelid
      JOIN pg_class t ON t.oid = x.indrelid
      JOIN pg_namespace n ON n.oid = i.relnamespace
      WHERE NOT x.indisvalid AND i.relkind = 'i' AND n.nspname = ANY (?)
      ORDER BY 1, 2, 3
      """;

  /** Whether a statement builds, rebuilds or drops an index concurrently. */
  static boolean isOne(String sql) {
    return ANY.matcher(sql).matches();
  }

  @Override
  public boolean areAllOf(List<String> statements) {
    return !statements.isEmpty() && statements.stream().allMatch(ConcurrentIndexes::isOne);
  }

  @Override
  public List<Index> leftBy(List<String> statements, Connection session, List<String> schemas)
      throws SQLException {
    var left = new ArrayList<Index>();
    try (var settings = session.createStatement()) {
      settings.execute("SELECT set_config('quote_all_identifiers', 'off', false)");
    }
    try (var query = session.prepareStatement(INVALID)) {
      query.setArray(1, session.createArrayOf("text", schemas.toArray()));
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          var table = List.of(rows.getString(1), rows.getString(2));
          var index = List.of(rows.getString(1), rows.getString(3));
          if (statements.stream().anyMatch(sql -> builds(sql, table, index))) {
            left.add(new Index(rows.getString(4), rows.getString(5), rows.getString(6)));
          }
        }
      }
    }
    return left;
  }

  @Override
  public String drop(Index index) {
    return "DROP INDEX CONCURRENTLY " + index.qualified();
  }

  /** Whether a statement names this index, as schema and name, as one that it builds. */
  private static boolean builds(String sql, List<String> table, List<String> index) {
    if (!isOne(sql)) {
      return false;
    }
    var create = CREATE.matcher(sql);
    if (create.matches()) {
      return names(create.group(1)).equals(List.of(index.getLast()))
          && isNamed(create.group(2), table);
    }
    var reindex = REINDEX.matcher(sql);
    var rebuilt = REBUILT.matcher(index.getLast());
    return reindex.matches()
        && rebuilt.matches()
        && rebuilds(reindex, table, List.of(index.getFirst(), rebuilt.group(1)));
  }

  private static boolean rebuilds(Matcher reindex, List<String> table, List<String> original) {
    return switch (reindex.group(1).toUpperCase(Locale.ROOT)) {
      case "INDEX" -> isNamed(reindex.group(2), original, ConcurrentIndexes::isCutFrom);
      case "TABLE" -> isNamed(reindex.group(2), table);
      default -> true;
    };
  }

  private static boolean isCutFrom(String whole, String cut) {
    return whole.equals(cut) || (cut.length() >= LONG_NAME && whole.startsWith(cut));
  }

  private static boolean isNamed(String qualified, List<String> object) {
    return isNamed(qualified, object, String::equals);
  }

  /** Whether a name stands for an object, given as schema and name; the schema may be left out. */
  private static boolean isNamed(
      String qualified, List<String> object, BiPredicate<String, String> same) {
    if (qualified == null) {
      return false;
    }
    var parts = names(qualified);
    return same.test(parts.getLast(), object.getLast())
        && (parts.size() == 1 || parts.get(parts.size() - 2).equals(object.getFirst()));
  }

  /** The parts of a qualified name, as the catalog spells them. */
  private static List<String> names(String qualified) {
    return Pattern.compile(NAME)
        .matcher(qualified)
        .results()
        .map(
            part -> {
              var name = part.group();
              return name.startsWith("\"")
                  ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                  : name.toLowerCase(Locale.ROOT);
            })
        .toList();
  }
}
