package dev.schemaversion.runner.flyway;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.runner.engine.ImplicitCommit;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.history.HistoryTable;
import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.proof.Settlement;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;

/**
 * Decides about a script that was started and has not ended, and that the server has not rolled
 * back. If the schema proves that nothing of the script was done, its row is deleted and the script
 * may run again. Otherwise the run is refused with what was done.
 */
final class InterruptedScriptRecovery {
  private static final String NOTHING_DONE = "the schema proves that nothing of it was done";
  private static final String AGAIN = "a repeatable migration may run again";

  private final FlywayTool tool;
  private final SchemaProof proof;
  private final ImplicitCommit engine;
  private final HalfAppliedMessages messages;
  private final InterruptedScriptProof scriptProof;

  InterruptedScriptRecovery(FlywayTool tool, SchemaProof proof) {
    this.tool = tool;
    this.proof = proof;
    this.engine = tool.run().engine().implicitCommit();
    this.messages = new HalfAppliedMessages(tool.database().historyName());
    this.scriptProof = new InterruptedScriptProof(tool, proof, messages);
  }

  /**
   * The history without the scripts of which nothing was done.
   *
   * @throws RunFailure {@link Outcome#HALF_APPLIED} with what was done; {@link Outcome#LOCK_BUSY}
   *     if the session of a runner that died still executes a statement
   */
  History settle(FlywayHistory before) throws SQLException {
    if (before.table().unfinished().isEmpty()) {
      return before;
    }
    var history = afterwards();
    var left = new ArrayList<LeftIndexes>();
    var unused = failIfPartlyApplied(proof.real().read(), history, left);
    for (var each : left) {
      each.drop(tool.run(), messages);
    }
    forget(history.table().unfinished(), NOTHING_DONE);
    return tool.history();
  }

  /**
   * What {@link #settle} would do.
   *
   * @throws RunFailure as {@link #settle} does
   */
  Settlement settlement(FlywayHistory before) throws SQLException {
    if (before.table().unfinished().isEmpty()) {
      return new Settlement(before, proof.real().read(), List.of());
    }
    var history = afterwards();
    var left = new ArrayList<LeftIndexes>();
    var rest = failIfPartlyApplied(proof.real().read(), history, left);
    var actions =
        Stream.concat(
                left.stream().flatMap(LeftIndexes::drops),
                history.table().unfinished().stream().map(InterruptedScriptRecovery::deletes))
            .toList();
    return new Settlement(tool.history(history.table().withoutUnfinished()), rest, actions);
  }

  private static String deletes(HistoryTable.Row row) {
    return "The sync first deletes the row of "
        + row.script()
        + " from the history: it was interrupted, and "
        + (row.version() == null ? AGAIN : NOTHING_DONE)
        + ".";
  }

  /** The history when nothing runs any more: a script may have ended in between. */
  private FlywayHistory afterwards() throws SQLException {
    tool.migration().failIfStillRunning();
    return tool.history();
  }

  private void forget(List<HistoryTable.Row> unfinished, String why) throws SQLException {
    tool.database().forget(unfinished);
    for (var row : unfinished) {
      tool.run()
          .log()
          .line(
              row.script()
                  + ": it was started before, and "
                  + (row.version() == null ? AGAIN : why)
                  + "; its row was deleted from the history");
    }
  }

  /**
   * Returns if nothing was done of what the history records as unfinished.
   *
   * @param found the schema as it is
   * @return the schema without the invalid indexes that {@link #settle} drops
   * @throws RunFailure {@link Outcome#HALF_APPLIED} with what was done; {@link
   *     Outcome#FAILED_IN_HISTORY} where a script cannot be half done
   */
  Snapshot failIfPartlyApplied(Snapshot found, FlywayHistory history) throws SQLException {
    return failIfPartlyApplied(found, history, new ArrayList<>());
  }

  private Snapshot failIfPartlyApplied(
      Snapshot found, FlywayHistory history, List<LeftIndexes> dropped) throws SQLException {
    var rest = found;
    if (!history.table().unfinished().isEmpty()) {
      tool.migration().failIfStillRunning();
    }
    for (var row : history.table().unfinished()) {
      if (row.version() == null) {
        continue; // a repeatable migration is written to run again, from whatever it left
      }
      var script = interrupted(row);
      var left = LeftIndexes.of(script, rest, tool.run());
      rest = left.without(rest);
      scriptProof.failIfPartlyApplied(script, left, rest, history);
      dropped.add(left);
    }
    return rest;
  }

  /**
   * The failure itself if nothing of the failed script was done, otherwise what was done.
   *
   * @param table the history after the failure
   */
  RunFailure afterFailure(RunFailure failure, HistoryTable table) throws SQLException {
    if (table.unfinished().isEmpty()) {
      return failure;
    }
    try {
      var row = table.unfinished().getLast();
      if (failure.failure().filter(place -> leftNothing(row, place)).isPresent()) {
        forget(List.of(row), "the server has rolled it back");
      } else {
        settle(tool.history(table));
      }
      return failure;
    } catch (RunFailure e) {
      return new RunFailure(
          e.outcome(),
          failure.getMessage() + " " + e.getMessage(),
          failure.failure().orElse(null),
          failure);
    }
  }

  private boolean leftNothing(HistoryTable.Row row, Report.Failure place) {
    if (!row.script().equals(place.file())) {
      return false;
    }
    var script = tool.scripts().script(row.script());
    var statements = tool.scripts().statements(row.script());
    for (int done = 0; done < statements.size(); done++) {
      var failed = statements.get(done);
      if (failed.line() == place.line() && failed.sql().strip().equals(place.statement())) {
        var before = statements.subList(0, done).stream().map(each -> each.bare()).toList();
        return engine.leftNothing(before, failed.bare(), script.executeInTransaction());
      }
    }
    return false;
  }

  /**
   * The script with the content that it had when it started: another text could have done other
   * things.
   */
  private InterruptedScript interrupted(HistoryTable.Row row) {
    var script =
        tool.migrations().scripts().stream()
            .filter(each -> each.file().equals(row.script()))
            .findFirst();
    var why = script.isPresent() ? reason(row) : engine.reason(List.of(), true);
    if (why.isEmpty()) {
      throw HistoryTable.failed(row);
    }
    if (row.checksum() == null || !row.checksum().equals(tool.scripts().checksum(row.script()))) {
      throw messages.scriptMissing(row, why.get());
    }
    return InterruptedScript.of(row, why.get(), tool);
  }

  private Optional<String> reason(HistoryTable.Row row) {
    try {
      return tool.scripts().commitsByItself(row.script());
    } catch (FlywayException e) {
      return engine.reason(List.of(), true); // it was changed to something that is not SQL
    }
  }
}
