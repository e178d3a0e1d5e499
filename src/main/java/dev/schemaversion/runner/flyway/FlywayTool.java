package dev.schemaversion.runner.flyway;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.RunLock;
import dev.schemaversion.runner.flyway.script.MigrationProgress;
import dev.schemaversion.runner.flyway.script.Migrations;
import dev.schemaversion.runner.flyway.script.Script;
import dev.schemaversion.runner.flyway.script.ScriptInspector;
import dev.schemaversion.runner.flyway.script.Scripts;
import dev.schemaversion.runner.flyway.script.SelfCommittingJournal;
import dev.schemaversion.runner.flyway.script.ServerStatements;
import dev.schemaversion.runner.flyway.script.StatementAttendance;
import dev.schemaversion.runner.flyway.script.Versions;
import dev.schemaversion.runner.impact.ImpactRecorder;
import dev.schemaversion.runner.proof.History;
import dev.schemaversion.runner.proof.MigrationTool;
import dev.schemaversion.runner.proof.PendingMigration;
import dev.schemaversion.runner.proof.Replay;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.scratch.ScratchDatabase;
import dev.schemaversion.runner.scratch.ScratchDatabases;
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
  private final SuperuserHint hint;
  private final ScratchBuilds builds;
  private final Chains chains;
  private final FlywayDatabase database;
  private final ServerStatements serverStatements;
  private final FlywayFactory factory;
  private final Scripts scripts;
  private final MigrationProgress progress;
  private final Flyway flyway;
  private final Flyway inspecting;

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
    this.database = new FlywayDatabase(run);
    this.serverStatements = new ServerStatements(run.engine(), run.log());
    this.factory =
        new FlywayFactory(run.request(), run.engine(), run.target().schemas(), serverStatements);
    this.hint = new SuperuserHint(run.engine().catalog(run.session()));
    this.builds =
        new ScratchBuilds(factory, scope, scratch, run.shutdown(), hint, run.report()::note);
    this.chains = new Chains(migrations, builds, run.log());
    this.scripts =
        new Scripts(
            toRun(),
            new SelfCommittingJournal(
                run.engine().implicitCommit(), database.historyName(), run.target().user()));
    this.progress = new MigrationProgress(run.log(), migrations, this::beforeScript);
    this.flyway =
        factory.migrating(
            run.engine().migrating(run.target()),
            scripts,
            progress,
            new StatementAttendance(run.engine(), run.sessions(), run.log()::line));
    this.inspecting = factory.inspecting(run.sessions(), scripts);
  }

  private Migrations toRun() {
    return migrations.towards(Versions.of(run.request().version()));
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
        isBeginning(version)
            ? Versions.BEGINNING
            : migrations.script(version).map(Script::version).orElse(version));
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
    if (!isBeginning(version)) {
      migrations.require(version, field);
    }
  }

  @Override
  public boolean isBeginning(String version) {
    return isBeginning(Versions.of(version));
  }

  private boolean isBeginning(MigrationVersion version) {
    return migrations.isBeginning(version);
  }

  @Override
  public FlywayHistory history() throws SQLException {
    return history(database.history());
  }

  FlywayHistory history(HistoryTable table) {
    return new FlywayHistory(this, table);
  }

  @Override
  public boolean hasObjects() throws SQLException {
    return database.hasObjects();
  }

  @Override
  public void failIfHistoryCannotBeCreated() throws SQLException {
    database.failIfHistoryCannotBeCreated();
  }

  @Override
  public List<Replay> replays(String version) {
    return chains.to(version == null ? null : Versions.of(version)).stream()
        .map(chain -> replay(chain, any -> true))
        .toList();
  }

  /** Builds the versioned migrations of a chain. */
  Replay replay(Migrations chain, Predicate<MigrationVersion> wanted) {
    return FlywayReplay.partial(builds, chain.only(wanted), chains.owned(chain));
  }

  /** Builds everything of a chain up to some version, as Flyway would. */
  Replay replayInFull(Migrations chain, Predicate<MigrationVersion> wanted) {
    return FlywayReplay.full(builds, chain.only(wanted));
  }

  @Override
  public boolean knowsStatements() {
    return true;
  }

  @Override
  public List<PendingMigration> callbacks() {
    return migrations
        .callbacks()
        .<PendingMigration>map(
            callback -> new ScriptToRun(this, callback.file(), Optional.empty(), null))
        .toList();
  }

  Chains chains() {
    return chains;
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
  public void rehearse(
      ScratchDatabase clone, int pending, boolean besideOthers, ImpactRecorder watched) {
    new FlywayRehearsal(run, migrations, factory, hint)
        .on(clone, new Scripts(toRun()), pending, besideOthers, watched);
  }

  @Override
  public Migrated migrate(int pending, boolean besideOthers) throws SQLException {
    failIfStillRunning();
    progress.expect(pending);
    try {
      if (besideOthers) {
        factory.createHistory(run.engine().migrating(run.target()), scripts);
      }
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
        new MigrationFailures(
                progress, state(failed.after()), mayBeHalfDone(), lock, database, proof.real())
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

  /** Records changed migrations as they are now. */
  History update(List<ChangedMigration> changed) throws SQLException {
    lock.verify();
    lock.failIfFlywayIsBusy(database.schema(), database.table());
    database.update(changed);
    return history();
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
    return inspecting.info();
  }

  /** A script as Flyway parses it. */
  SqlScript parsed(String file) {
    resolve(file);
    return scripts.parsed(file);
  }

  /** The checksum of a script as Flyway computes it. */
  Integer checksum(String file) {
    resolve(file);
    return scripts.checksum(file);
  }

  private void resolve(String file) {
    if (scripts.parsed(file) == null) {
      var unused = info(); // resolves all scripts
    }
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
