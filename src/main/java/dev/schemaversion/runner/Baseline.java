package dev.schemaversion.runner;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report.Established;
import dev.schemaversion.contract.RunRequest;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;

/** Finds out what the database is, and stamps its version where the user said which it is. */
final class Baseline {
  private final RunRequest request;
  private final Database database;
  private final Migrations migrations;
  private final Consumer<String> stamp;
  private final Findings findings;

  /**
   * A baseline run.
   *
   * @param stamp has Flyway stamp a version
   */
  Baseline(
      RunRequest request,
      Database database,
      Migrations migrations,
      Consumer<String> stamp,
      Findings findings) {
    this.request = request;
    this.database = database;
    this.migrations = migrations;
    this.stamp = stamp;
    this.findings = findings;
  }

  /** Decides, stamps if so decided, and says what was found. */
  String run() throws SQLException {
    var claim = request.baselineVersion();
    var history = database.history();
    history.failIfFailed();
    if (history.present().isPresent()) {
      failIfMarkedOtherwise(history, claim);
      var version = text(history.present().get());
      findings.baseline(Established.HISTORY, version);
      return "The database has a history and is at " + version + " by it.";
    }
    var contents = database.contents();
    if (contents.isEmpty()) {
      findings.baseline(Established.EMPTY, null);
      return "The database is empty. Nothing was stamped.";
    }
    if (history.exists()) {
      throw historyEmpty(contents);
    }
    if (claim == null) {
      throw required(contents);
    }
    migrations.require(claim, "spec.baseline.version");
    database.failIfHistoryCannotBeCreated();
    stamp(claim);
    findings.baseline(Established.CLAIMED, claim);
    return "The database was stamped with version "
        + claim
        + ", as spec.baseline.version claims. Its "
        + contents.describe()
        + ".";
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
  static RunFailure historyEmpty(Contents contents) {
    return new RunFailure(
        Outcome.HISTORY_EMPTY,
        "The history table is there but records no version, while "
            + contents.describe()
            + ". Nothing was done. Find out which version the database has; then drop the empty"
            + " history table and set spec.baseline.version to that version.");
  }

  /** For a database with tables and no history table. */
  static RunFailure required(Contents contents) {
    return new RunFailure(
        Outcome.BASELINE_REQUIRED,
        "The database is not empty and has no history: "
            + contents.describe()
            + ". Nothing was done. Set spec.baseline.version to the version it truly has.");
  }

  private String text(MigrationVersion version) {
    return Versions.text(version, request.baselineVersion(), request.version());
  }
}
