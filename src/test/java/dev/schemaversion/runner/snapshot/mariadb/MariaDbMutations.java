package dev.schemaversion.runner.snapshot.mariadb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Changes the statement that creates an object, as the server writes it for a dump: takes words
 * away, replaces them, changes numbers and texts, takes entries away and swaps them. Many of the
 * results are no valid SQL, which the server tells.
 */
final class MariaDbMutations {
  private static final String KEYWORD = "[A-Z_]{2,}";

  /** The kinds whose keywords the server does not write in capitals. */
  private static final Set<String> AS_WRITTEN = Set.of("sequence", "trigger");

  /** Words whose opposites the server knows. */
  private static final Map<String, String> OTHER =
      Map.ofEntries(
          Map.entry("InnoDB", "Aria"),
          Map.entry("MyISAM", "Aria"),
          Map.entry("latin1", "utf8mb4"),
          Map.entry("latin1_swedish_ci", "latin1_bin"),
          Map.entry("utf8mb4_bin", "utf8mb4_general_ci"),
          Map.entry("CASCADE", "SET NULL"),
          Map.entry("BEFORE", "AFTER"),
          Map.entry("INSERT", "UPDATE"),
          Map.entry("MERGE", "UNDEFINED"),
          Map.entry("TEMPTABLE", "UNDEFINED"),
          Map.entry("INVOKER", "DEFINER"),
          Map.entry("CASCADED", "LOCAL"),
          Map.entry("COMPRESSED", "DYNAMIC"),
          Map.entry("STORED", "VIRTUAL"),
          Map.entry("RANGE", "LIST"),
          Map.entry("HASH", "KEY"),
          Map.entry("DISABLE", "ENABLE"),
          Map.entry("ENABLE", "DISABLE"),
          Map.entry("PRESERVE", "NOT PRESERVE"),
          Map.entry("DAY", "HOUR"),
          Map.entry("IN", "INOUT"),
          Map.entry("int", "bigint"),
          Map.entry("varchar", "char"),
          Map.entry("cycle", "nocycle"),
          Map.entry("`root`", "`somebody`"));

  /**
   * One change of one object.
   *
   * @param property null where the result tells what has changed
   */
  record Mutation(String kind, String property, String sql) {}

  private final List<Mutation> mutations = new ArrayList<>();

  private MariaDbMutations() {}

  /** Changes of an object whose definition is one text. */
  static List<Mutation> of(String kind, String created) {
    var all = new MariaDbMutations();
    all.change(kind, created, changed -> changed);
    return all.mutations;
  }

  /** Changes of a table: of its columns, indexes, constraints, options and partitions. */
  static List<Mutation> ofTable(String created) {
    var all = new MariaDbMutations();
    var sql = new SqlText(created);
    var open = sql.indexOf(0, "(");
    var rest = sql.after(open);
    all.entries(sql.text(0, open), sql.inside(open), sql.text(rest), MariaDbMutations::kind);
    var options = new SqlText(sql.text(rest));
    var list = options.indexOf(options.indexOf(0, "PARTITION", "BY"), "(", "PARTITION");
    var table = sql.text(0, rest);
    all.change(
        "table",
        options.text(0, list),
        changed -> table + " " + changed + " " + options.text(list));
    if (list < options.size()) {
      all.entries(
          table + " " + options.text(0, list), options.inside(list), "", entry -> "partition");
    }
    return all.mutations;
  }

  private static String kind(SqlText entry) {
    return entry.isName(0)
        ? "column"
        : entry.at(0, "CONSTRAINT") ? "constraint" : entry.at(0, "PERIOD") ? "period" : "index";
  }

  private void entries(
      String before, SqlText inside, String after, Function<SqlText, String> kinds) {
    var entries = inside.parts().stream().map(each -> each.text(0)).toList();
    for (int i = 0; i < entries.size(); i++) {
      var kind = kinds.apply(new SqlText(entries.get(i)));
      var without = new ArrayList<>(entries);
      var entry = without.remove(i);
      add(kind, "presence", before, without, after);
      var moved = new ArrayList<>(without);
      moved.addFirst(entry);
      add(kind, "order", before, moved, after);
      int at = i;
      change(
          kind,
          entry,
          changed -> {
            var all = new ArrayList<>(entries);
            all.set(at, changed);
            return before + "(" + String.join(",", all) + ") " + after;
          });
    }
  }

  private void add(
      String kind, String property, String before, List<String> entries, String after) {
    mutations.add(
        new Mutation(kind, property, before + "(" + String.join(",", entries) + ") " + after));
  }

  private void change(String kind, String text, UnaryOperator<String> within) {
    var sql = new SqlText(text);
    for (int i = 0; i < sql.size(); i++) {
      var changed = new ArrayList<String>();
      for (int length = 1; length <= 3 && i + length <= sql.size(); length++) {
        changed.add(sql.text(0, i) + " " + sql.text(i + length));
      }
      var other = other(sql.token(i));
      if (other != null) {
        changed.add(sql.text(0, i) + " " + other + " " + sql.text(i + 1));
      }
      changed.forEach(each -> mutations.add(new Mutation(kind, null, within.apply(each))));
    }
  }

  private static String other(String token) {
    if (token.matches("\\d{1,9}")) {
      return String.valueOf(Long.parseLong(token) + 1);
    }
    if (token.matches("(?s)'[^']*'")) {
      return token.substring(0, token.length() - 1) + "1'";
    }
    return OTHER.getOrDefault(token, OTHER.get(token.toUpperCase(Locale.ROOT)));
  }

  /**
   * The property in which a definition has changed, if it is one alone: the keyword of the tokens
   * that are different. Several keywords without values are one property.
   */
  static Optional<String> changed(String kind, String before, String after) {
    var old = SqlToken.of(before);
    var now = SqlToken.of(after);
    int most = Math.min(old.size(), now.size());
    int from = 0;
    while (from < most && old.get(from).text().equals(now.get(from).text())) {
      from++;
    }
    int same = 0;
    while (same < most - from
        && old.get(old.size() - 1 - same).text().equals(now.get(now.size() - 1 - same).text())) {
      same++;
    }
    var tokens = old.size() - same > from ? old : now;
    int first = from;
    var changed = tokens.subList(first, tokens.size() - same);
    var properties =
        IntStream.range(first, tokens.size() - same)
            .mapToObj(i -> property(kind, tokens, i))
            .distinct()
            .toList();
    return properties.size() == 1 || changed.stream().allMatch(t -> t.text().matches(KEYWORD))
        ? properties.stream().findFirst()
        : Optional.empty();
  }

  /** The keyword that a token is or belongs to; the server writes types in lower case. */
  private static String property(String kind, List<SqlToken> tokens, int at) {
    boolean isTable = tokens.get(1).text().equals("TABLE");
    if (IntStream.range(0, at).anyMatch(i -> isBefore(kind, tokens.get(i).text()))) {
      return "code";
    }
    boolean isValue = at >= 2 && tokens.get(at - 1).text().equals("=");
    for (int i = isValue ? at - 2 : at; i >= 0; i--) {
      var token = tokens.get(i);
      boolean entryBegins =
          (token.depth() == 1 && token.text().equals(",")) || (token.depth() == 0 && i == 3);
      if (isTable && i < at && entryBegins) {
        return "type";
      }
      if (token.text().matches(AS_WRITTEN.contains(kind) ? "[a-zA-Z_]{2,}" : KEYWORD)) {
        return token.text().toUpperCase(Locale.ROOT);
      }
    }
    return "type";
  }

  /** Whether the code of a program, which is as its author wrote it, follows this word. */
  private static boolean isBefore(String kind, String word) {
    return switch (kind) {
      case "trigger" -> word.equalsIgnoreCase("row");
      case "event" -> word.equals("DO");
      case "function", "procedure" -> word.equals("begin") || word.equals("return");
      default -> false;
    };
  }
}
