package dev.schemaversion.runner.step;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Report.BaselineSource;
import dev.schemaversion.contract.Step;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.MigrationTool;
import dev.schemaversion.runner.proof.MigrationTool.StampRefused;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RefusalMessages;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.report.SchemaSummary;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;

/**
 * Finds out the version that the database starts from: an empty database has none, a history or a
 * claim is proven. A proven claim is stamped, in a run of {@link Step#BASELINE} only.
 */
final class BaselineStep {
  private final RunContext run;
  private final MigrationTool tool;
  private final SchemaProof proof;

  BaselineStep(RunContext run, MigrationTool tool, SchemaProof proof) {
    this.run = run;
    this.tool = tool;
    this.proof = proof;
  }

  /** Decides, stamps a proven claim, and returns what was found and done. */
  String run() throws SQLException {
    var history = tool.history();
    var found = history.failIfPartlyApplied(proof.real().read(), proof);
    if (history.present().isPresent()) {
      return history(found, history);
    }
    var contents = proof.real().contents(found);
    if (contents.isEmpty() && !claimsBeginningBesideOthers(history)) {
      record(BaselineSource.EMPTY, null, proof.nothing(found), found, history);
      return tool.hasObjects()
          ? "The database is empty but for what spec.proof.ignore names and the histories of other"
              + " migrations. Nothing was stamped."
          : "The database is empty. Nothing was stamped.";
    }
    if (history.exists()) {
      throw RefusalMessages.historyEmpty(contents);
    }
    if (claim() == null) {
      throw UnclaimedDatabase.refusal(run, proof, found, contents);
    }
    return claim(found, contents);
  }

  private String history(Snapshot found, History history) throws SQLException {
    var result = proof.history(found, history);
    run.report().proof(result);
    if (!result.holds()) {
      throw RefusalMessages.historyContradicted(result);
    }
    failIfStampedOtherwise(history);
    var version = tool.asWritten(history.present().get());
    var changed = ChangedMigrations.toTakeOver(run, proof, history, result);
    record(source(result), version, result, found, changed.takeOver(history));
    return "The database has a history and is at "
        + version
        + " by it; "
        + words(result)
        + "."
        + changed.takenOver();
  }

  /** Where only objects that do not count are there, the claim of version 0 is stamped too. */
  private boolean claimsBeginningBesideOthers(History history) throws SQLException {
    return claim() != null && tool.isBeginning(claim()) && !history.exists() && tool.hasObjects();
  }

  private String claim(Snapshot found, SchemaSummary contents) throws SQLException {
    tool.require(claim(), "spec.baseline.version");
    tool.failIfHistoryCannotBeCreated();
    var result = proof.claim(found, claim());
    run.report().proof(result);
    if (!result.holds()) {
      throw RefusalMessages.claimRefuted(claim(), result, contents.otherTools());
    }
    if (stamps()) {
      stamp();
    }
    record(source(result), claim(), result, found, tool.history());
    return (stamps()
                ? "The database was stamped with version %s, as spec.baseline.version claims; "
                : "The database is at version %s, as claimed, and has no history. Nothing was stamped; ")
            .formatted(claim())
        + words(result)
        + (contents.isEmpty() ? "." : ". Its " + contents.describe() + ".");
  }

  private boolean stamps() {
    return run.request().step() == Step.BASELINE;
  }

  private void record(
      BaselineSource source, String version, Proof result, Snapshot found, History history)
      throws SQLException {
    run.report().baseline(source, version);
    run.report().proof(result);
    run.report().schema(proof.real().digests(found, history, result));
  }

  private static BaselineSource source(Proof result) {
    return result.verdict() == Proof.Verdict.Equal
        ? BaselineSource.PROVEN
        : BaselineSource.ACCEPTED;
  }

  private static String words(Proof result) {
    return result.verdict() == Proof.Verdict.Equal
        ? "its schema is what the migrations build"
        : "its schema is not what the migrations build, and just that difference is accepted";
  }

  private void stamp() throws SQLException {
    try {
      tool.stamp(claim());
    } catch (StampRefused e) {
      throw explained(e);
    }
  }

  /**
   * Something else wrote a history after it was read. The tool does not say what, so read again.
   */
  private RuntimeException explained(StampRefused refused) throws SQLException {
    var now = tool.history();
    now.failIfFailed();
    failIfStampedOtherwise(now);
    if (now.present().isPresent()) {
      return new RunFailure(
          Outcome.HISTORY_EXISTS,
          "While version "
              + claim()
              + " was about to be stamped, something else migrated the database to "
              + tool.asWritten(now.present().get())
              + ". Nothing was stamped. Find out what else migrates this database, then set the"
              + " annotation schemaversion.dev/retry.",
          null,
          refused);
    }
    return now.exists()
        ? RefusalMessages.historyEmpty(proof.real().contents(proof.real().read()))
        : refused;
  }

  private void failIfStampedOtherwise(History history) {
    var stamp = history.stamp();
    if (claim() != null && stamp.isPresent() && !stamp.get().equals(tool.canonical(claim()))) {
      throw new RunFailure(
          Outcome.BASELINE_MISMATCH,
          "The history says that the database was at "
              + tool.asWritten(stamp.get())
              + " when it was stamped; spec.baseline.version says "
              + claim()
              + ". Nothing was done. Find out which is true; if it is the history, correct or"
              + " remove spec.baseline.version.");
    }
  }

  /** The version that the user claims, or null. */
  private String claim() {
    return run.request().baselineVersion();
  }
}
