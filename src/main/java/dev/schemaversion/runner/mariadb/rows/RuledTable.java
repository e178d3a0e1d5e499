package dev.schemaversion.runner.mariadb.rows;

import dev.schemaversion.runner.mariadb.Quoted;
import dev.schemaversion.runner.rows.RowRule;
import java.util.List;

/** A table whose rows are under a rule. */
record RuledTable(String name) {
  /** Its name as it stands in SQL. */
  String sql() {
    return Quoted.name(name);
  }

  /** A rule that a row breaks by itself. */
  RowRule rule(String key, String what, List<String> uses, String breaks) {
    return RowRule.ofRows(
        key, what, sql(), List.of(name), uses, false, "FROM " + sql() + " WHERE " + breaks);
  }
}
