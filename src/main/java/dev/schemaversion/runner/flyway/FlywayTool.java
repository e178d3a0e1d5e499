package dev.schemaversion.runner.flyway;

import dev.schemaversion.runner.engine.RunLock;
import dev.schemaversion.runner.flyway.build.Chains;
import dev.schemaversion.runner.flyway.build.FlywayReplay;
import dev.schemaversion.runner.flyway.build.ScratchBuilds;
import dev.schemaversion.runner.flyway.history.FlywayDatabase;
import dev.schemaversion.runner.flyway.history.HistoryTable;
import dev.schemaversion.runner.flyway.script.Migrations;
import dev.schemaversion.runner.flyway.script.ParsedScripts;
import dev.schemaversion.runner.flyway.script.Script;
import dev.schemaversion.runner.flyway.script.Scripts;
import dev.schemaversion.runner.flyway.script.SelfCommittingJournal;
import dev.schemaversion.runner.flyway.script.ServerStatements;
import dev.schemaversion.runner.flyway.script.Versions;
import dev.schemaversion.runner.flyway.setup.FlywayFactory;
import dev.schemaversion.runner.flyway.setup.SuperuserHint;
import dev.schemaversion.runner.impact.ImpactRecorder;
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
import org.flywaydb.core.api.MigrationVersion;

/** Flyway as a library in this process, with scripts that were read before. */
public final class FlywayTool implements MigrationTool {
  private final RunContext run;
  private final Migrations migrations;
  private final SuperuserHint hint;
  private final ScratchBuilds builds;
  private final Chains chains;
  private final FlywayDatabase database;
  private final ServerStatements serverStatements;
  private final FlywayFactory factory;
  private final ParsedScripts scripts;
  private final FlywayMigration migration;

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
    this.database = new FlywayDatabase(run);
    this.serverStatements = new ServerStatements(run.engine(), run.log());
    this.factory =
        new FlywayFactory(run.request(), run.engine(), run.target().schemas(), serverStatements);
    this.hint = new SuperuserHint(run.engine().catalog(run.session()));
    this.builds = new ScratchBuilds(factory, scope, scratch, hint, run);
    this.chains = new Chains(migrations, builds, run.log());
    var read =
        new Scripts(
            toRun(),
            new SelfCommittingJournal(
                run.engine().implicitCommit(), database.historyName(), run.target().user()));
    this.scripts =
        new ParsedScripts(
            read, factory.inspecting(run.sessions(), read), run.engine().implicitCommit());
    this.migration = new FlywayMigration(this, lock, factory, read);
  }

  private Migrations toRun() {
    return migrations.towards(Versions.of(run.request().version()));
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
    migration.stamp(version);
  }

  @Override
  public void rehearse(
      ScratchDatabase clone, int pending, boolean besideOthers, ImpactRecorder watched)
      throws SQLException {
    try (var session = clone.migrating().getConnection()) {
      database.forgetUnfinished(session);
    }
    new FlywayRehearsal(run, migrations, factory, hint)
        .on(clone, new Scripts(toRun()), pending, besideOthers, watched);
  }

  @Override
  public Migrated migrate(int pending, boolean besideOthers) throws SQLException {
    return migration.migrate(pending, besideOthers);
  }

  @Override
  public RuntimeException explain(Migrated failed, SchemaProof proof) throws SQLException {
    return migration.explain(failed, proof);
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

  ParsedScripts scripts() {
    return scripts;
  }

  FlywayMigration migration() {
    return migration;
  }

  /** Skips statements on the scratch server. */
  ServerStatements serverStatements() {
    return serverStatements;
  }
}
