package dev.schemaversion.runner.rows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules of a schema at one time.
 *
 * @param rules all rules of the tables
 * @param facts what identifies tables and columns, with what matters about them: a rule applies to
 *     a schema that has all of the facts that it uses
 * @param limits the largest size of values by the key of their rule; a value without one has none
 * @param hidden the lower-case names whose mention in a statement may change rows of tables that it
 *     does not mention: views, functions, tables with triggers, rules, partitions or cascades
 * @param isHidden whether any statement may, because the schema has event triggers
 * @param byName whether facts know tables and columns by their names only, so that a renamed one
 *     may be taken for another
 */
public record RowRules(
    List<RowRule> rules,
    Set<String> facts,
    Map<String, Long> limits,
    Set<String> hidden,
    boolean isHidden,
    boolean byName) {

  /** The rules that are not among those before, and are about what was there before. */
  List<RowRule> since(RowRules before) {
    var known = before.rules().stream().map(RowRule::key).collect(Collectors.toSet());
    return rules.stream()
        .filter(rule -> rule.limit() != RowRule.NO_LIMIT || !known.contains(rule.key()))
        .filter(rule -> before.facts().containsAll(rule.uses()))
        .filter(
            rule ->
                rule.limit() == RowRule.NO_LIMIT
                    || before.limits().getOrDefault(rule.key(), RowRule.NO_LIMIT) > rule.limit())
        .toList();
  }
}
