package dev.schemaversion.runner.snapshot.mariadb;

import dev.schemaversion.runner.snapshot.CannotReadCatalog;
import dev.schemaversion.runner.snapshot.Quoting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks by {@code SHOW GRANTS} that the user can see the whole schema. The check is necessary
 * because the server silently hides objects from a user without rights on them.
 */
final class MariaDbRights {
  /** The rights that are all required; without one of them, the server hides objects. */
  private static final List<String> NEEDED = List.of("SELECT", "SHOW VIEW", "TRIGGER", "EVENT");

  /** The rights of which one is required to list routines; their bodies are checked one by one. */
  private static final Set<String> ROUTINES =
      Set.of("SHOW CREATE ROUTINE", "SHOW_ROUTINE", "EXECUTE", "ALTER ROUTINE", "CREATE ROUTINE");

  private static final Set<String> ALL = Set.of("ALL PRIVILEGES", "ALL");

  private final Set<String> held = new TreeSet<>();
  private final String database;

  /**
   * Parses grants.
   *
   * @param grants the lines of {@code SHOW GRANTS}, those of active roles among them
   * @param database the database that the rights are needed for
   */
  MariaDbRights(List<String> grants, String database) {
    this.database = database;
    var onPatterns = new HashMap<String, Map<String, List<String>>>();
    for (var line : grants) {
      var grant = new SqlText(line);
      var on = grant.indexOf(0, "ON");
      if (!grant.at(0, "GRANT") || on == grant.size()) {
        continue; // the grant of a role
      }
      var rights = new SqlText(grant.text(1, on)).parts().stream().map(r -> r.text(0)).toList();
      if (grant.at(on + 1, "*", ".", "*")) {
        held.addAll(rights);
      } else if (grant.isName(on + 1) && grant.at(on + 2, ".", "*")) {
        var to = grant.text(grant.indexOf(on, "TO"));
        onPatterns.computeIfAbsent(to, t -> new HashMap<>()).put(unquoted(grant, on + 1), rights);
      } else if (grant.at(on + 1, "`mysql`", ".", "`proc`") && rights.contains("SELECT")) {
        held.add("SHOW CREATE ROUTINE"); // the equivalent before that right existed
      }
    }
    onPatterns.values().forEach(patterns -> held.addAll(onDatabase(patterns)));
  }

  /** Returns the rights of the most specific pattern, as the server does for each grantee. */
  private List<String> onDatabase(Map<String, List<String>> patterns) {
    return patterns.keySet().stream()
        .filter(pattern -> regex(pattern).matcher(database).matches())
        .max(Comparator.comparing(MariaDbRights::specificity))
        .map(patterns::get)
        .orElse(List.of());
  }

  private static String unquoted(SqlText grant, int i) {
    var name = grant.token(i);
    return name.substring(1, name.length() - 1).replace("``", "`");
  }

  private static Pattern regex(String pattern) {
    var regex = new StringBuilder();
    for (var i = 0; i < pattern.length(); i++) {
      var c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        regex.append(Pattern.quote(pattern.substring(++i, i + 1)));
      } else {
        regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private static int specificity(String pattern) {
    for (var i = 0; i < pattern.length(); i++) {
      var c = pattern.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '%' || c == '_') {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }

  /** Fails if the user lacks a right to see the whole schema. */
  void check() {
    if (held.stream().anyMatch(ALL::contains)) {
      return;
    }
    var missing =
        NEEDED.stream()
            .filter(right -> !held.contains(right))
            .collect(Collectors.toCollection(ArrayList::new));
    if (held.stream().noneMatch(ROUTINES::contains)) {
      missing.add("SHOW CREATE ROUTINE");
    }
    if (!missing.isEmpty()) {
      var rights = String.join(", ", missing);
      throw new CannotReadCatalog(
          "The database user cannot see the whole schema, because it lacks "
              + rights
              + ". GRANT "
              + rights
              + " on "
              + Quoting.line(SqlText.quoted(database))
              + ".* to the user: without these rights the server hides objects silently.",
          null);
    }
  }
}
