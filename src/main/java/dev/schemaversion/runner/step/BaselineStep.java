package dev.schemaversion.runner.step;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Report.BaselineSource;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.History;
import dev.schemaversion.runner.flyway.InterruptedScriptRecovery;
import dev.schemaversion.runner.flyway.Migrations;
import dev.schemaversion.runner.flyway.Versions;
import dev.schemaversion.runner.proof.RealSchema;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RefusalMessages;
import dev.schemaversion.runner.report.ReportDraft;
import dev.schemaversion.runner.report.SchemaSummary;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;

/** Finds out what the database is, and stamps its version where the user said which it is. */
public final class BaselineStep {
  private final RunRequest request;
  private final Database database;
  private final Migrations migrations;
  private final RealSchema real;
  private final SchemaProof proving;
  private final InterruptedScriptRecovery unfinished;
  private final Consumer<String> stamp;
  private final ReportDraft findings;

  /**
   * A baseline run.
   *
   * @param stamp has Flyway stamp a version
   */
  BaselineStep(
      RunRequest request,
      Database database,
      Migrations migrations,
      RealSchema real,
      SchemaProof proving,
      InterruptedScriptRecovery unfinished,
      Consumer<String> stamp,
      ReportDraft findings) {
    this.request = request;
    this.database = database;
    this.migrations = migrations;
    this.real = real;
    this.proving = proving;
    this.unfinished = unfinished;
    this.stamp = stamp;
    this.findings = findings;
  }

  /** Decides, stamps if so decided, and says what was found. */
  String run() throws SQLException {
    var history = database.history();
    var found = real.read();
    unfinished.failIfSomethingIsDone(found, history);
    if (history.present().isPresent()) {
      return history(found, history);
    }
    var contents = database.contents();
    if (contents.isEmpty()) {
      established(BaselineSource.EMPTY, null, SchemaProof.nothing(), found, history);
      return "The database is empty. Nothing was stamped.";
    }
    if (history.exists()) {
      throw historyEmpty(contents);
    }
    if (request.baselineVersion() == null) {
      throw required(contents, proving.search(found));
    }
    return claim(found, contents);
  }

  private String history(Snapshot found, History history) throws SQLException {
    var proof = proving.history(found, history);
    findings.proof(proof);
    if (!proof.holds()) {
      throw RefusalMessages.historyContradicted(proof);
    }
    failIfMarkedOtherwise(history, request.baselineVersion());
    var version = text(history.present().get());
    established(how(proof), version, proof, found, history);
    return "The database has a history and is at " + version + " by it; " + words(proof) + ".";
  }

  private String claim(Snapshot found, SchemaSummary contents) throws SQLException {
    var claim = request.baselineVersion();
    migrations.require(claim, "spec.baseline.version");
    database.failIfHistoryCannotBeCreated();
    var proof = proving.claim(found, claim);
    findings.proof(proof);
    if (!proof.holds()) {
      throw RefusalMessages.claimRefuted(claim, proof, contents.otherTools());
    }
    stamp(claim);
    established(how(proof), claim, proof, found, database.history());
    return "The database was stamped with version "
        + claim
        + ", as spec.baseline.version claims; "
        + words(proof)
        + ". Its "
        + contents.describe()
        + ".";
  }

  private void established(
      BaselineSource how, String version, Proof proof, Snapshot found, History history) {
    findings.baseline(how, version);
    findings.proof(proof);
    findings.schema(RealSchema.digests(found, history));
  }

  private static BaselineSource how(Proof proof) {
    return proof.verdict() == Proof.Verdict.Equal ? BaselineSource.PROVEN : BaselineSource.ACCEPTED;
  }

  private static String words(Proof proof) {
    return proof.verdict() == Proof.Verdict.Equal
        ? "its schema is what the migrations build"
        : "its schema is not what the migrations build, and just that difference is accepted";
  }

  private void stamp(String claim) throws SQLException {
    try {
      stamp.accept(claim);
    } catch (FlywayException e) {
      // Something else wrote a history after we looked. Flyway has one error code for all of its
      // refusals, so look again.
      var now = database.history();
      now.failIfFailed();
      failIfMarkedOtherwise(now, claim);
      if (now.present().isPresent()) {
        throw new RunFailure(
            Outcome.HISTORY_EXISTS,
            "While version "
                + claim
                + " was about to be stamped, something else migrated the database to "
                + text(now.present().get())
                + ". Nothing was stamped. Find out what else migrates this database, then set the"
                + " annotation schemaversion.dev/retry.",
            null,
            e);
      }
      if (now.exists()) {
        throw historyEmpty(database.contents());
      }
      throw e;
    }
  }

  private void failIfMarkedOtherwise(History history, String claim) {
    var marker = history.marker();
    if (claim != null && marker.isPresent() && !marker.get().equals(Versions.of(claim))) {
      throw new RunFailure(
          Outcome.BASELINE_MISMATCH,
          "The history says that the database was at "
              + text(marker.get())
              + " when it was stamped; spec.baseline.version says "
              + claim
              + ". Nothing was done. Find out which is true; if it is the history, correct or"
              + " remove spec.baseline.version.");
    }
  }

  /** For a database with tables and a history table without a version in it. */
  static RunFailure historyEmpty(SchemaSummary contents) {
    return new RunFailure(
        Outcome.HISTORY_EMPTY,
        "The history table is there but records no version, while "
            + contents.describe()
            + ". Nothing was done. Find out which version the database has; then drop the empty"
            + " history table and set spec.baseline.version to that version.");
  }

  /**
   * For a database with tables and no history table.
   *
   * @param candidates which versions it could be, or null if nobody has looked
   */
  public static RunFailure required(SchemaSummary contents, Proof candidates) {
    return new RunFailure(
        Outcome.BASELINE_REQUIRED,
        "The database is not empty and has no history: "
            + contents.describe()
            + "."
            + (candidates == null ? "" : RefusalMessages.candidates(candidates))
            + " Nothing was done. Set spec.baseline.version to the version it truly has.");
  }

  private String text(MigrationVersion version) {
    return Versions.text(version, request.baselineVersion(), request.version());
  }
}
