package dev.schemaversion.runner.rows;

import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.ErrorCategory;
import dev.schemaversion.runner.engine.SanitizedMessages;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What counting has found, one sentence for each rule.
 *
 * @param certain rows that no pending statement changes break the rule
 * @param possible rows break the rule, and a pending statement may change them
 * @param unknown counting took too long
 */
record RowFindings(List<String> certain, List<String> possible, List<String> unknown) {
  /** A query that takes longer says nothing, and must not delay a sync much. */
  private static final int LONGEST_SECONDS = 300;

  /**
   * Counts the rows that break rules.
   *
   * @param rules the rules that the pending statements make
   * @param statements the pending statements
   * @param changes what they may change
   * @param real a session of the real database, which cannot write afterwards
   * @param log why a rule cannot be checked
   * @throws SQLException if the connection is lost
   */
  static RowFindings of(
      List<RowRule> rules,
      List<String> statements,
      RowChanges changes,
      Engine engine,
      Connection real,
      Consumer<String> log)
      throws SQLException {
    var findings = new RowFindings(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    var reader = engine.rowRules();
    boolean isStrict = reader.isStrict(real, statements);
    reader.prepare(real);
    for (var rule : rules) {
      var count = findings.count(real, rule, log);
      if (count.isPresent() && count.getAsLong() > 0) {
        boolean isCertain = isStrict && !changes.mayChange(rule);
        (isCertain ? findings.certain : findings.possible).add(sentence(rule, count.getAsLong()));
      }
    }
    return findings;
  }

  private OptionalLong count(Connection real, RowRule rule, Consumer<String> log)
      throws SQLException {
    try (var statement = real.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.setQueryTimeout(LONGEST_SECONDS);
      try (var rows = statement.executeQuery(rule.count())) {
        return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
      }
    } catch (SQLException e) {
      switch (ErrorCategory.of(e)) {
        case CONNECTION -> throw e;
        case STATEMENT_TIMEOUT, LOCK_TIMEOUT ->
            unknown.add(
                "Counting took too long, so it is not known whether each row of "
                    + rule.table()
                    + " is as the pending migrations demand: it "
                    + rule.what()
                    + ".");
        // For example, the rule is about something that only the migrations make.
        case DENIED, DEADLOCK, RESOURCES, STATEMENT ->
            log.accept("not counted in " + rule.table() + ": " + SanitizedMessages.of(e));
      }
      return OptionalLong.empty();
    }
  }

  private static String sentence(RowRule rule, long count) {
    return rule.table()
        + " "
        + rule.what()
        + ", and "
        + (count == 1 ? "1 row breaks" : count + " rows break")
        + " that: "
        + rule.query();
  }
}
