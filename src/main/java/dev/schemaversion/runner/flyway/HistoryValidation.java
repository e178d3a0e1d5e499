package dev.schemaversion.runner.flyway;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.script.Migrations;
import dev.schemaversion.runner.flyway.script.Versions;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/**
 * Compares history and files before anything runs. It asks what Flyway's own validation asks, but
 * distinguishes the results.
 */
public final class HistoryValidation {
  private final RunRequest request;
  private final Migrations migrations;
  private final String present;

  public HistoryValidation(RunRequest request, Migrations migrations, String present) {
    this.request = request;
    this.migrations = migrations;
    this.present = present;
  }

  /**
   * Refuses what does not fit, the most telling reason first.
   *
   * @param infos what Flyway makes of history and files
   */
  public void check(HistoryTable history, List<MigrationInfo> infos) {
    var now = history.present();
    var newest = migrations.newest();
    if (now.isPresent() && newest.isPresent() && now.get().isNewerThan(newest.get())) {
      throw refuse(
          Outcome.DATABASE_NEWER,
          "The database is at "
              + present
              + ", and the newest migration here is "
              + Versions.text(newest.get())
              + ". Nothing was done. Apply the migrations that took the database there, or restore"
              + " the database.");
    }
    if (now.isPresent() && now.get().isNewerThan(Versions.of(request.version()))) {
      throw refuse(
          Outcome.DOWNGRADE_REFUSED,
          "The database is at "
              + present
              + " and spec.version wants "
              + request.version()
              + ". Migrations only go forward; nothing was done. Set spec.version to "
              + present
              + " or higher, or restore the database.");
    }
    refuseAll(
        infos,
        info ->
            info.getState() == MigrationState.MISSING_SUCCESS
                || info.getState() == MigrationState.FUTURE_SUCCESS,
        Outcome.MIGRATION_MISSING,
        "The history lists migrations that are not among the files: ",
        "Put them back.");
    refuseAll(
        infos,
        HistoryValidation::changed,
        Outcome.CHECKSUM_MISMATCH,
        "Migrations that ran have changed since: ",
        "Put back what ran, and make the change in a new migration.");
    refuseAll(
        infos,
        info -> info.getState() == MigrationState.IGNORED && !info.getType().isBaseline(),
        Outcome.OUT_OF_ORDER,
        "The database is at " + present + ", and these lower versions never ran: ",
        "Give them a higher version, or set spec.migrations.flyway.outOfOrder.");
  }

  private static boolean changed(MigrationInfo info) {
    boolean compared =
        info.getVersion() != null && info.getState().isResolved() && info.isApplied();
    return compared
        && !(info.isChecksumMatching() && info.isDescriptionMatching() && info.isTypeMatching());
  }

  private static void refuseAll(
      List<MigrationInfo> infos,
      Predicate<MigrationInfo> which,
      Outcome outcome,
      String what,
      String cure) {
    var found =
        infos.stream().filter(which).map(MigrationInfo::getScript).collect(Collectors.toList());
    if (!found.isEmpty()) {
      throw refuse(outcome, what + String.join(", ", found) + ". Nothing was done. " + cure);
    }
  }

  private static RunFailure refuse(Outcome outcome, String message) {
    return new RunFailure(outcome, message);
  }
}
