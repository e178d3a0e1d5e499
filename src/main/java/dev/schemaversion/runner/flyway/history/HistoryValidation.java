package dev.schemaversion.runner.flyway.history;

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
 * distinguishes the results. Changed files are found by {@link ChangedMigration}, because whether
 * they matter depends on the schema that they build.
 */
public final class HistoryValidation {
  private final RunRequest request;
  private final Migrations migrations;
  private final String present;
  private final IgnoredFindings ignored;

  public HistoryValidation(RunRequest request, Migrations migrations, String present) {
    this.request = request;
    this.migrations = migrations;
    this.present = present;
    this.ignored = IgnoredFindings.of(request);
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
              + ". Nothing was done. Apply the migrations that took the database there"
              + " (spec.migrations) and set spec.version accordingly, or restore the database and"
              + " set the annotation schemaversion.dev/retry.");
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
        this::isMissing,
        Outcome.MIGRATION_MISSING,
        "The history lists migrations that are not among the files: ",
        "Put them back into spec.migrations, or set spec.migrations.flyway.ignoreMigrationPatterns:"
            + " [\"*:missing\"].");
    var notSql =
        history.notSql().stream().map(HistoryTable.Row::version).collect(Collectors.toSet());
    refuseAll(
        infos,
        info ->
            notSql.contains(info.getVersion())
                && (info.getState() == MigrationState.PENDING || isOutOfOrder(info)),
        Outcome.MIGRATION_NOT_SQL,
        "The history records versions that ran and were not SQL scripts, and these files have the"
            + " same versions: ",
        "Remove the files from spec.migrations, so that nothing runs twice.");
    refuseAll(
        infos,
        this::isOutOfOrder,
        Outcome.OUT_OF_ORDER,
        "The database is at " + present + ", and these lower versions never ran: ",
        "Give them a higher version, or set spec.migrations.flyway.outOfOrder.");
  }

  /** What was never SQL is not missing among the scripts; it cannot be replayed. */
  private boolean isMissing(MigrationInfo info) {
    var state = info.getState();
    return (state == MigrationState.MISSING_SUCCESS || state == MigrationState.FUTURE_SUCCESS)
        && RowKind.of(info.getType().name()) == RowKind.SQL
        && !ignored.contains(info);
  }

  private boolean isOutOfOrder(MigrationInfo info) {
    return info.getState() == MigrationState.IGNORED
        && !info.getType().isBaseline()
        && !ignored.contains(info);
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
