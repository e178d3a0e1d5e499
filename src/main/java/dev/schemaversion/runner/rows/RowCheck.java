package dev.schemaversion.runner.rows;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.request.RequestedRehearsal;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.report.RunContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Counts the rows of the real database that stand against what the pending migrations demand. Only
 * numbers are read.
 */
public final class RowCheck {
  private static final int NAMED = 3;

  private final RunContext run;
  private final RowRules before;
  private RowRules after;

  private RowCheck(RunContext run, RowRules before) {
    this.run = run;
    this.before = before;
  }

  /**
   * Begins before the migrations are rehearsed.
   *
   * @param clone a session that can read everything in the clone
   */
  public static RowCheck begin(RunContext run, Connection clone) throws SQLException {
    return new RowCheck(run, read(run, clone));
  }

  /** Sees what the migrations have made in the rehearsal. */
  public void rehearsed(Connection clone) throws SQLException {
    after = read(run, clone);
  }

  private static RowRules read(RunContext run, Connection clone) throws SQLException {
    return run.engine().rowRules().read(clone, run.target().schemas());
  }

  /**
   * Counts, and reports as a warning what a pending migration may still correct.
   *
   * @param statements the pending statements
   * @throws RunFailure {@link Outcome#ROWS_VIOLATE_CONSTRAINT} if none of them can
   */
  public void check(List<String> statements) throws SQLException {
    var changes = new RowChanges(statements, before, after, run.engine().implicitCommit());
    var rules = rules(changes);
    if (rules.isEmpty()) {
      return;
    }
    run.log().begin("counting rows that stand against what the migrations demand: " + rules.size());
    RowFindings findings;
    try (var real = run.engine().migrating(run.target()).getConnection()) {
      findings = RowFindings.of(rules, statements, changes, run.engine(), real, run.log()::line);
    }
    findings.unknown().forEach(run.report()::note);
    findings.possible().forEach(warning -> run.log().line("warning: " + warning));
    if (!findings.possible().isEmpty()) {
      run.report().rowWarnings(findings.possible());
    }
    if (!findings.certain().isEmpty()) {
      throw violated(findings.certain());
    }
  }

  /** The rules that are new, and that rows have not met in the rehearsal. */
  private List<RowRule> rules(RowChanges changes) {
    var rehearsal = run.request().rehearsalOrDefault();
    boolean copied = rehearsal.mode() == RequestedRehearsal.Mode.ROWS;
    if (copied && rehearsal.tables().isEmpty()) {
      return List.of();
    }
    return after.since(before).stream()
        .filter(rule -> !(after.byName() && changes.mayRename(rule)))
        .filter(rule -> !(copied && rehearsal.tables().containsAll(rule.tables())))
        .toList();
  }

  private static RunFailure violated(List<String> certain) {
    var named = certain.stream().limit(NAMED).collect(Collectors.joining("; "));
    return new RunFailure(
        Outcome.ROWS_VIOLATE_CONSTRAINT,
        "After the pending migrations, "
            + named
            + (certain.size() > NAMED ? "; and " + (certain.size() - NAMED) + " more" : "")
            + ". No pending migration changes these rows, so one would fail on them."
            + " The database was not touched. Correct the rows and set the annotation"
            + " schemaversion.dev/retry, or let an earlier statement of the migrations correct"
            + " them.");
  }
}
