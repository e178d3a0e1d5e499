package dev.schemaversion.runner.flyway;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.engine.ImplicitCommit;
import dev.schemaversion.runner.engine.ImplicitCommit.Effect;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.proof.RealSchema;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.Log;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.step.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;

/**
 * A script that was begun and has not ended, where statements commit by themselves: finds out
 * whether nothing of it is done, and otherwise says what is. It is never simply repeated.
 */
public final class InterruptedScriptRecovery {
  private static final String ROWS =
      "The schema is still what it was before, but the script does more than change the schema, and"
          + " whether that is done cannot be proven.";

  private final Optional<ImplicitCommit> engine;
  private final boolean afterLost;
  private final Database database;
  private final Migrations migrations;
  private final RealSchema real;
  private final SchemaProof proving;
  private final Parser parser;
  private final Log log;

  /** Reads a script's statements. */
  public interface Parser {
    List<ScriptInspector.Statement> statements(String file);
  }

  /**
   * Looks at unfinished scripts.
   *
   * @param engine empty where a script that dies is rolled back
   * @param afterLost see {@link RunRequest#afterLost}
   */
  public InterruptedScriptRecovery(
      Optional<ImplicitCommit> engine,
      boolean afterLost,
      Database database,
      Migrations migrations,
      RealSchema real,
      SchemaProof proving,
      Parser parser,
      Log log) {
    this.engine = engine;
    this.afterLost = afterLost;
    this.database = database;
    this.migrations = migrations;
    this.real = real;
    this.proving = proving;
    this.parser = parser;
    this.log = log;
  }

  /**
   * The history without what is unfinished in it, of which nothing is done.
   *
   * @throws RunFailure {@link Outcome#HALF_APPLIED}, saying what is done
   */
  public History settle(History history) throws SQLException {
    if (history.unfinished().isEmpty()) {
      return history;
    }
    failIfSomethingIsDone(real.read(), history);
    database.forget(history.unfinished());
    for (var row : history.unfinished()) {
      log.line(
          row.script()
              + ": it was begun once, and nothing of it is done, as the schema proves; its row was"
              + " taken out of the history");
    }
    return database.history();
  }

  /**
   * Comes back if nothing of what the history has as unfinished is done.
   *
   * @param found the schema as it is
   * @throws RunFailure {@link Outcome#HALF_APPLIED}, saying what is done; {@link
   *     Outcome#FAILED_IN_HISTORY} where nothing can be half done
   */
  public void failIfSomethingIsDone(Snapshot found, History history) throws SQLException {
    if (engine.isEmpty()) {
      history.failIfFailed();
    }
    for (var row : history.unfinished()) {
      var script = script(row);
      if (script.isEmpty()) {
        throw halfApplied(
            row.script(),
            "There is no such file as it was then, so what it has done cannot be told.",
            resolve(row));
      }
      failIfSomethingIsDone(script.get(), found, history, resolve(row));
    }
  }

  /**
   * Comes back unless the next script may have run once already, with the server having lost the
   * row that said so. The schema says by itself whether it was changed; rows do not.
   *
   * @param history as it was when the run began
   * @param pending the scripts that would run
   * @throws RunFailure {@link Outcome#HALF_APPLIED}
   */
  public void failIfForgotten(History history, List<MigrationInfo> pending) throws SQLException {
    if (!afterLost
        || engine.isEmpty()
        || pending.isEmpty()
        || !history.unfinished().isEmpty()
        || !database.mayForget(engine.get())) {
      return;
    }
    var next = pending.getFirst().getScript();
    var effects =
        parser.statements(next).stream().map(each -> engine.get().effect(each.sql())).toList();
    if (effects.contains(Effect.OTHER)
        || (effects.contains(Effect.ROWS) && !database.forgetsInOrder(engine.get()))) {
      throw new RunFailure(
          Outcome.HALF_APPLIED,
          "Nobody knows how the last run ended. The history has no trace of "
              + next
              + ", but this server may lose what was committed last when it crashes"
              + " (innodb_flush_log_at_trx_commit is not 1), and what the script does besides"
              + " changing the schema cannot be proven. Nothing was done. Look whether it is done:"
              + " if it is not, set the annotation schemaversion.dev/retry, and it runs; if it is,"
              + " undo it by hand first.");
    }
  }

  /**
   * What to report when a script has failed: the failure itself if nothing of the script is done,
   * and otherwise what is.
   *
   * @param history as it is after the failure
   */
  public RunFailure afterFailure(RunFailure failure, History history) throws SQLException {
    if (engine.isEmpty() || history == null || history.unfinished().isEmpty()) {
      return failure;
    }
    try {
      settle(history);
      return failure;
    } catch (RunFailure e) {
      return new RunFailure(
          e.outcome(),
          failure.getMessage() + " " + e.getMessage(),
          failure.failure().orElse(null),
          failure);
    }
  }

  /** As it was when it began: another text could have done other things. */
  private Optional<Migrations.Script> script(History.Row row) {
    return migrations.scripts().stream()
        .filter(script -> script.file().equals(row.script()))
        .filter(script -> row.checksum() != null && row.checksum() == Scripts.checksum(script))
        .findFirst();
  }

  private void failIfSomethingIsDone(
      Migrations.Script script, Snapshot found, History history, String cure) throws SQLException {
    var statements = parser.statements(script.file());
    var effects = statements.stream().map(each -> engine.orElseThrow().effect(each.sql())).toList();
    boolean onRecord =
        history.present().isPresent()
            && proving.onRecord(found, history.present().get()).isPresent();
    if (onRecord && areProvable(effects, 0)) {
      return;
    }
    if (onRecord && !proving.canBuild()) {
      throw halfApplied(script.file(), ROWS, cure);
    }
    var steps = proving.steps(found, history, statements);
    if (!steps.equal().contains(0)) {
      throw halfApplied(script.file(), done(steps, statements, effects), cure);
    }
    if (!areProvable(effects, steps.visible())) {
      throw halfApplied(script.file(), ROWS, cure);
    }
  }

  /**
   * Whether an unchanged schema proves that nothing is done.
   *
   * @param visible the first statement that changes the schema visibly, counted from 1; 0 if that
   *     is not known
   */
  private boolean areProvable(List<Effect> effects, int visible) throws SQLException {
    if (effects.contains(Effect.OTHER)) {
      return false;
    }
    int rows = effects.indexOf(Effect.ROWS);
    if (rows < 0) {
      return true;
    }
    // In one transaction with the row in the history, if no statement between has committed them.
    boolean oneTransaction =
        !effects.contains(Effect.SCHEMA) && database.rowsRollBack(engine.orElseThrow());
    return oneTransaction || (visible > 0 && visible <= rows);
  }

  /** What the schema shows to be done. */
  private static String done(
      SchemaProof.Steps steps, List<ScriptInspector.Statement> statements, List<Effect> effects) {
    if (steps.equal().isEmpty()) {
      return "The schema is neither what it was before nor what it is after any of its "
          + statements.size()
          + " statements: "
          + steps.difference();
    }
    int done = steps.equal().getFirst();
    int further = steps.equal().getLast();
    return (done == statements.size() ? "All of its " + done : "Of its " + statements.size())
        + " statements"
        + (done == statements.size() ? "" : ", 1 to " + done)
        + " (to line "
        + statements.get(done - 1).line()
        + ") are done already"
        + (further > done
            ? ", and perhaps those up to "
                + further
                + ", which change nothing that the schema shows"
            : "")
        + (effects.subList(0, done).contains(Effect.ROWS) ? "; rows are not proven" : "")
        + ".";
  }

  /** How a person says what is true. */
  private String resolve(History.Row row) {
    return "Either finish it by hand and then say so: UPDATE "
        + database.historyName()
        + " SET success = 1 WHERE installed_rank = "
        + row.rank()
        + "; or undo it by hand and then: DELETE FROM "
        + database.historyName()
        + " WHERE installed_rank = "
        + row.rank()
        + ". Then set the annotation schemaversion.dev/retry.";
  }

  private static RunFailure halfApplied(String file, String what, String cure) {
    return new RunFailure(
        Outcome.HALF_APPLIED,
        file
            + " was begun and has not ended, and here each statement commits by itself. "
            + what
            + " Nothing was done. "
            + cure);
  }
}
