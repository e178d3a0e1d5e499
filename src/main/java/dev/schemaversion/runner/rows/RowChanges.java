package dev.schemaversion.runner.rows;

import dev.schemaversion.runner.engine.ImplicitCommit;
import dev.schemaversion.runner.engine.ImplicitCommit.Effect;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which tables' rows the pending statements may change, by their text. In doubt, a statement
 * changes rows of every table.
 */
final class RowChanges {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_$]+");

  /** Programs, whose effects their callers do not show. */
  private static final Pattern PROGRAM =
      Pattern.compile(
          "(?:CREATE|ALTER)\\b.*?\\b(?:FUNCTION|PROCEDURE|TRIGGER|RULE|EVENT|PACKAGE|AGGREGATE"
              + "|OPERATOR|CAST)\\b.*",
          FLAGS);

  /** Changes of the schema that move, make or convert rows. */
  private static final Pattern MOVES_ROWS =
      Pattern.compile(
          "CREATE\\b.*\\bTABLE\\b.*\\bSELECT\\b.*|ALTER\\s+TABLE\\b.*\\b(?:USING|ATTACH|DETACH"
              + "|INHERIT|PARTITION|CONVERT|EXPRESSION)\\b.*",
          FLAGS);

  /** Statements that name what they change, or call functions by name. */
  private static final Pattern OPEN =
      Pattern.compile(
          "\\(*\\s*(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE(?!.*\\bCASCADE\\b)|COPY|SELECT|WITH|VALUES"
              + "|ALTER\\s+TABLE|ALTER\\s+SEQUENCE|CREATE)\\b.*",
          FLAGS);

  private static final Pattern CALLS = Pattern.compile("(?:SELECT|DO|SHOW)\\b.*", FLAGS);

  private static final Pattern RENAMES =
      Pattern.compile(
          ".*(?:\\b(?:RENAME|CHANGE|REPLACE)\\b|\\bDROP\\b(?!\\s+(?:INDEX|KEY|CONSTRAINT|FOREIGN"
              + "|PRIMARY|CHECK|DEFAULT)\\b)).*",
          FLAGS);

  private final Set<String> changed = new HashSet<>();
  private final Set<String> renamed = new HashSet<>();
  private boolean everything;

  /**
   * Finds the changes.
   *
   * @param statements the statements without the comments before them
   */
  RowChanges(List<String> statements, RowRules before, RowRules after, ImplicitCommit kinds) {
    var hidden = new HashSet<>(before.hidden());
    hidden.addAll(after.hidden());
    var makesPrograms = statements.stream().anyMatch(sql -> PROGRAM.matcher(sql).matches());
    everything = before.isHidden() || after.isHidden();
    for (var sql : statements) {
      var words = words(sql);
      if (RENAMES.matcher(sql).matches()) {
        renamed.addAll(words);
      }
      if (isOnlySchema(sql, kinds.effect(sql))) {
        continue;
      }
      everything |=
          makesPrograms || !OPEN.matcher(sql).matches() || !Collections.disjoint(words, hidden);
      changed.addAll(words);
    }
  }

  private static boolean isOnlySchema(String sql, Effect effect) {
    return switch (effect) {
      case SCHEMA -> !MOVES_ROWS.matcher(sql).matches();
      case SESSION -> !CALLS.matcher(sql).matches();
      case ROWS, OTHER -> false;
    };
  }

  private static Set<String> words(String sql) {
    return WORD.matcher(sql)
        .results()
        .map(word -> word.group().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  /** Whether the rows that decide about a rule may be others when it is made. */
  boolean mayChange(RowRule rule) {
    return everything || rule.mayBeFewer() || mentions(changed, rule);
  }

  /** Whether a table or a column with the same name may be another one. */
  boolean mayRename(RowRule rule) {
    return mentions(renamed, rule);
  }

  private static boolean mentions(Set<String> words, RowRule rule) {
    return rule.tables().stream().anyMatch(table -> words.containsAll(words(table)));
  }
}
