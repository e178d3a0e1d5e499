package dev.schemaversion.runner;

import dev.schemaversion.contract.RunRequest;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** Takes the database to the wanted version, exactly. */
final class Sync {
  private final RunRequest request;
  private final Database database;
  private final Migrations migrations;
  private final Findings findings;
  private final Log log;

  Sync(RunRequest request, Database database, Migrations migrations, Findings findings, Log log) {
    this.request = request;
    this.database = database;
    this.migrations = migrations;
    this.findings = findings;
    this.log = log;
  }

  /** Checks everything, then migrates, and says what was done. */
  String run(Flyway flyway, Scripts scripts, Progress progress, RunLock lock) throws SQLException {
    var history = database.history();
    findings.version(text(history.present().orElse(null)));
    history.failIfFailed();
    failIfNoStart(history);
    var pending = pending(flyway, history);
    for (var migration : pending) {
      Inspection.inspect(migration.getScript(), scripts.parsed(migration.getScript()));
    }
    if (pending.isEmpty()) {
      return "The database is at " + request.version() + " already. Nothing was run.";
    }
    if (!history.exists()) {
      database.failIfHistoryCannotBeCreated();
    }
    log.line(
        "from "
            + history.present().map(this::text).orElse("empty")
            + " to "
            + request.version()
            + ": "
            + pending.size()
            + (pending.size() == 1 ? " migration" : " migrations"));
    progress.expect(pending.size());
    migrate(flyway, progress, history, lock);
    return "The database is at " + request.version() + ". " + applied(pending.size()) + ".";
  }

  private void failIfNoStart(History history) throws SQLException {
    if (history.present().isEmpty()) {
      var contents = database.contents();
      if (!contents.isEmpty()) {
        throw history.exists() ? Baseline.historyEmpty(contents) : Baseline.required(contents);
      }
    }
  }

  private List<MigrationInfo> pending(Flyway flyway, History history) {
    var infos = flyway.info();
    var validation =
        new Validation(request, migrations, history.present().map(this::text).orElse(null));
    validation.check(history, List.of(infos.all()));
    return List.of(infos.pending());
  }

  private void migrate(Flyway flyway, Progress progress, History before, RunLock lock)
      throws SQLException {
    RuntimeException thrown = null;
    try {
      flyway.migrate();
    } catch (RuntimeException e) {
      thrown = e;
    }
    var after = after(thrown);
    findings.version(after == null ? null : text(after.present().orElse(null)));
    findings.migrationsApplied(after == null ? 0 : after.migrations() - before.migrations());
    if (thrown != null) {
      throw new MigrationFailures(progress, state(after), lock, database).explain(thrown);
    }
    if (!after.present().equals(Optional.of(Versions.of(request.version())))) {
      throw new IllegalStateException("Flyway succeeded, but the database is at " + state(after));
    }
  }

  /** The history as it is now, whatever has happened; null if it cannot be read any more. */
  private History after(RuntimeException thrown) throws SQLException {
    try {
      return database.history();
    } catch (SQLException e) {
      if (thrown == null) {
        throw e;
      }
      thrown.addSuppressed(e);
      return null;
    }
  }

  private String state(History history) {
    if (history == null) {
      return "a version that could not be read any more";
    }
    return history.present().map(this::text).orElse("its beginning, without any version");
  }

  private static String applied(int count) {
    return count == 1 ? "1 migration was run" : count + " migrations were run";
  }

  private String text(MigrationVersion version) {
    return Versions.text(version, request.version(), request.baselineVersion());
  }
}
