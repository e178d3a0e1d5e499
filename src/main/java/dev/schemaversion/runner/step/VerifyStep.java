package dev.schemaversion.runner.step;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.History;
import dev.schemaversion.runner.flyway.HistoryValidation;
import dev.schemaversion.runner.flyway.InterruptedScriptRecovery;
import dev.schemaversion.runner.flyway.Migrations;
import dev.schemaversion.runner.flyway.Versions;
import dev.schemaversion.runner.proof.RealSchema;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RefusalMessages;
import dev.schemaversion.runner.report.ReportDraft;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;

/** Looks at a database that was proven before, and writes nothing to it. */
final class VerifyStep {
  private final RunRequest request;
  private final Database database;
  private final Migrations migrations;
  private final RealSchema real;
  private final SchemaProof proving;
  private final InterruptedScriptRecovery unfinished;
  private final ReportDraft findings;

  VerifyStep(
      RunRequest request,
      Database database,
      Migrations migrations,
      RealSchema real,
      SchemaProof proving,
      InterruptedScriptRecovery unfinished,
      ReportDraft findings) {
    this.request = request;
    this.database = database;
    this.migrations = migrations;
    this.real = real;
    this.proving = proving;
    this.unfinished = unfinished;
    this.findings = findings;
  }

  /** Reads the fingerprints, for the operator to compare. */
  String verify() throws SQLException {
    var history = database.history();
    look(real.read(), history);
    return "The schema was read; its fingerprints are in the report.";
  }

  /**
   * Proves what the history claims.
   *
   * @throws RunFailure {@link Outcome#DRIFTED} if schema or history are not what was proven before;
   *     {@link Outcome#HISTORY_CONTRADICTED} if nothing was
   */
  String prove(Flyway flyway) throws SQLException {
    var history = database.history();
    var found = real.read();
    look(found, history);
    unfinished.failIfSomethingIsDone(found, history);
    var known = request.proof().known();
    if (history.present().isEmpty()) {
      return withoutHistory(found, history);
    }
    validate(flyway, history);
    unfinished.failIfForgotten(history, List.of(flyway.info().pending()));
    var onRecord = proving.onRecord(found, history.present().get());
    var proof = onRecord.isPresent() ? onRecord.get() : proving.history(found, history);
    findings.proof(proof);
    if (!proof.holds()) {
      throw known == null
          ? RefusalMessages.historyContradicted(proof)
          : RefusalMessages.drifted(proof);
    }
    var version = Versions.text(history.present().get());
    if (known != null && !sameVersion(known, version)) {
      throw new RunFailure(
          Outcome.DRIFTED,
          "The database was at "
              + (known.version() == null ? "its beginning" : known.version())
              + " when it was last proven, and is at "
              + version
              + " now, by its history and by its schema: somebody restored a backup, or migrated it"
              + " with something else. Nothing was done.");
    }
    return "The database is at " + version + ", and its schema is what the migrations build.";
  }

  private void look(Snapshot found, History history) {
    findings.version(history.present().map(this::text).orElse(null));
    findings.schema(RealSchema.digests(found, history));
  }

  private String withoutHistory(Snapshot found, History history) throws SQLException {
    var contents = database.contents();
    var known = request.proof().known();
    boolean wasEmpty = known == null || known.version() == null;
    if (contents.isEmpty() && wasEmpty) {
      findings.proof(SchemaProof.nothing());
      return "The database is empty.";
    }
    if (wasEmpty) {
      throw history.exists()
          ? BaselineStep.historyEmpty(contents)
          : BaselineStep.required(contents, proving.search(found));
    }
    throw new RunFailure(
        Outcome.DRIFTED,
        "The database was at "
            + known.version()
            + " when it was last proven, and has no history now"
            + (contents.isEmpty() ? "; it is empty" : ", while " + contents.describe())
            + ". Nothing was done. Restore the history, or the database.");
  }

  /** An edited history row is drift too, even where the schema has stayed as it was. */
  private void validate(Flyway flyway, History history) {
    var present = history.present().map(this::text).orElse(null);
    try {
      new HistoryValidation(request, migrations, present)
          .check(history, List.of(flyway.info().all()));
    } catch (RunFailure e) {
      if (request.proof().known() == null || e.outcome() == Outcome.DOWNGRADE_REFUSED) {
        throw e;
      }
      throw new RunFailure(
          Outcome.DRIFTED,
          "The history is not any more what it was when it was proven. " + e.getMessage(),
          null,
          e);
    }
  }

  private static boolean sameVersion(RunRequest.Known known, String version) {
    return known.version() != null && Versions.of(known.version()).equals(Versions.of(version));
  }

  private String text(MigrationVersion version) {
    return Versions.text(version, request.version(), request.baselineVersion());
  }
}
