package dev.schemaversion.runner.flyway;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.RunLock;
import dev.schemaversion.runner.engine.SanitizedMessage;
import dev.schemaversion.runner.flyway.script.FailedStatement;
import dev.schemaversion.runner.flyway.script.MigrationProgress;
import dev.schemaversion.runner.flyway.script.Migrations;
import dev.schemaversion.runner.flyway.script.ScriptInspector;
import dev.schemaversion.runner.flyway.script.Scripts;
import dev.schemaversion.runner.flyway.script.SelfCommittingJournal;
import dev.schemaversion.runner.flyway.script.ServerStatements;
import dev.schemaversion.runner.flyway.script.StatementAttendance;
import dev.schemaversion.runner.flyway.script.Versions;
import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.MigrationTool;
import dev.schemaversion.runner.proof.Replay;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.report.SchemaSummary;
import dev.schemaversion.runner.scratch.ScratchDatabase;
import dev.schemaversion.runner.scratch.ScratchDatabases;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import dev.schemaversion.runner.snapshot.Scope;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.internal.sqlscript.SqlScript;

/** Flyway as a library in this process, with scripts that were read before. */
public final class FlywayTool implements MigrationTool {
  private final RunContext run;
  private final Migrations migrations;
  private final RunLock lock;
  private final ScratchDatabases scratch;
  private final Scope scope;
  private final FlywayDatabase database;
  private final ServerStatements serverStatements;
  private final FlywayFactory factory;
  private final Scripts scripts;
  private final MigrationProgress progress;
  private final Flyway flyway;

  /**
   * Flyway for one run.
   *
   * @param lock is verified before each script
   * @param scratch where versions are built
   * @param scope what is compared of them
   */
  public FlywayTool(
      RunContext run, Migrations migrations, RunLock lock, ScratchDatabases scratch, Scope scope) {
    this.run = run;
    this.migrations = migrations;
    this.lock = lock;
    this.scratch = scratch;
    this.scope = scope;
    this.database = new FlywayDatabase(run);
    this.serverStatements = new ServerStatements(run.engine(), run.log());
    this.factory =
        new FlywayFactory(run.request(), run.engine(), run.target().schemas(), serverStatements);
    this.scripts =
        new Scripts(
            migrations,
            new SelfCommittingJournal(
                run.engine().implicitCommit(), database.historyName(), run.target().user()));
    this.progress = new MigrationProgress(run.log(), this::beforeScript);
    this.flyway =
        factory.migrating(
            run.engine().migrating(run.target()),
            scripts,
            progress,
            new StatementAttendance(run.engine(), run.sessions(), run.log()::line));
  }

  private void beforeScript(String next) {
    run.shutdown().endBefore(next);
    lock.verify();
  }

  @Override
  public String canonical(String version) {
    return text(Versions.of(version));
  }

  /** As the script's file name spells it, without leading zeros. */
  String text(MigrationVersion version) {
    return Versions.text(
        migrations.script(version).map(Migrations.Script::version).orElse(version));
  }

  @Override
  public String asWritten(String version) {
    return version == null
        ? null
        : Versions.text(
            Versions.of(version), run.request().version(), run.request().baselineVersion());
  }

  @Override
  public void require(String version, String field) {
    migrations.require(version, field);
  }

  @Override
  public FlywayHistory history() throws SQLException {
    return history(database.history());
  }

  FlywayHistory history(HistoryTable table) {
    return new FlywayHistory(this, table);
  }

  @Override
  public SchemaSummary contents() throws SQLException {
    return database.contents();
  }

  @Override
  public void failIfHistoryCannotBeCreated() throws SQLException {
    database.failIfHistoryCannotBeCreated();
  }

  @Override
  public Replay replay() {
    return replay(any -> true);
  }

  Replay replay(Predicate<MigrationVersion> wanted) {
    return new FlywayReplay(factory, migrations.only(wanted), scope, scratch, run.shutdown());
  }

  @Override
  public void stamp(String version) {
    try {
      factory.stamping(run.sessions(), scripts, version).baseline();
    } catch (FlywayException e) {
      throw new StampRefused(e);
    }
  }

  @Override
  public void rehearse(ScratchDatabase clone, int pending) {
    var trial = new MigrationProgress(run.log(), run.shutdown()::endRehearsalBefore);
    trial.expect(pending);
    try {
      factory.rehearsing(clone.migrating(), new Scripts(migrations), trial).migrate();
    } catch (RuntimeException e) {
      if (ScratchUnavailable.isCauseOf(e)) {
        throw ScratchUnavailable.died(e);
      }
      var sql = SanitizedMessage.find(e);
      if (sql.isEmpty()) {
        throw e;
      }
      var failed = FailedStatement.of(e, sql.get(), trial.current());
      throw new RunFailure(
          Outcome.REHEARSAL_FAILED,
          "Rehearsed on a clone of the schema, a migration failed: "
              + failed.words()
              + failed.limit()
              + " The database was not touched. Correct the migration, or what is in its way in"
              + " the database, and apply it, or set the annotation schemaversion.dev/retry.",
          failed.place(),
          e);
    }
  }

  @Override
  public Migrated migrate(int pending) throws SQLException {
    failIfStillRunning();
    progress.expect(pending);
    try {
      flyway.migrate();
      return new Migrated(history(), null);
    } catch (RuntimeException e) {
      return new Migrated(historyAfter(e), e);
    }
  }

  /**
   * Refuses to go on while a session migrates: of something else, or of a runner that died, which
   * the server ends some seconds later or when its statement has ended.
   */
  void failIfStillRunning() throws SQLException {
    lock.failIfFlywayIsBusy(database.schema(), database.table());
  }

  /** The history as it is now; null if it can no longer be read. */
  private History historyAfter(RuntimeException thrown) {
    try {
      return history();
    } catch (SQLException e) {
      thrown.addSuppressed(e);
      return null;
    }
  }

  @Override
  public RuntimeException explain(Migrated failed, SchemaProof proof) throws SQLException {
    var explained =
        new MigrationFailures(progress, state(failed.after()), mayBeHalfDone(), lock, database)
            .explain(failed.thrown());
    return failed.after() instanceof FlywayHistory history
            && explained instanceof RunFailure failure
            && failure.outcome() != Outcome.CONNECTION_LOST
        ? history.recovery(proof).afterFailure(failure, history.table())
        : explained;
  }

  /** Whether the script that ran last may be half done; without one, whether any may be. */
  private boolean mayBeHalfDone() {
    return progress
        .current()
        .map(this::commitsByItself)
        .orElseGet(() -> run.engine().implicitCommit().reason(List.of(), true))
        .isPresent();
  }

  private String state(History history) {
    if (history == null) {
      return "a version that could not be read any more";
    }
    return history.present().map(this::asWritten).orElse("its beginning, without any version");
  }

  RunContext run() {
    return run;
  }

  Migrations migrations() {
    return migrations;
  }

  FlywayDatabase database() {
    return database;
  }

  /** How Flyway compares the history with the scripts. */
  MigrationInfoService info() {
    return flyway.info();
  }

  /** A script as Flyway parses it. */
  SqlScript parsed(String file) {
    if (scripts.parsed(file) == null) {
      var unused = flyway.info(); // parses all scripts
    }
    return scripts.parsed(file);
  }

  /** Why a script may be half done when it fails; empty if it is rolled back as a whole. */
  Optional<String> commitsByItself(String file) {
    return ScriptInspector.commitsByItself(run.engine().implicitCommit(), parsed(file));
  }

  /** Skips statements on the scratch server. */
  ServerStatements serverStatements() {
    return serverStatements;
  }

  /** The statements of a script. */
  List<ScriptInspector.Statement> statements(String file) {
    return ScriptInspector.statements(parsed(file));
  }
}
