package dev.schemaversion.runner.command;

import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.RunLock;
import dev.schemaversion.runner.impact.ImpactRecorder;
import dev.schemaversion.runner.proof.MigrationTool;
import dev.schemaversion.runner.proof.PendingMigration;
import dev.schemaversion.runner.proof.Replay;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.scratch.ScratchDatabase;
import dev.schemaversion.runner.scratch.ScratchDatabases;
import dev.schemaversion.runner.snapshot.Scope;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * The user's migration tool. It runs once for each database and version; its version is learned
 * from its tables, by comparing them with what it leaves there on the scratch server.
 */
public final class CommandTool implements MigrationTool {
  private final RunContext run;
  private final Tool tool;
  private final ListedVersions versions;
  private final HistoryTables tables;
  private final ScratchBuild builds;
  private final Marks marks;
  private final RealMigration real;
  private boolean isSettled;

  /**
   * The tool for one run.
   *
   * @param root where the folders of {@link Mounts} are
   * @param lock is verified before the tool runs
   * @param scratch where versions are built
   * @param scope what is compared of them
   */
  public CommandTool(
      RunContext run, Path root, RunLock lock, ScratchDatabases scratch, Scope scope) {
    this(run, inContainer(run, root), lock, scratch, scope);
  }

  CommandTool(RunContext run, Tool tool, RunLock lock, ScratchDatabases scratch, Scope scope) {
    var command = run.request().command();
    this.run = run;
    this.tool = tool;
    this.versions = new ListedVersions(command.versions());
    this.tables =
        new HistoryTables(
            run.engine(),
            command.historyTables(),
            command.ignoredColumnsOrDefault(),
            run.target().schemas().getFirst());
    this.builds = new ScratchBuild(run, tool, tables, scratch, scope);
    this.marks = new Marks(run, builds, versions);
    this.real = new RealMigration(this, run, tool, lock);
  }

  private static Tool inContainer(RunContext run, Path root) {
    var container =
        new ToolContainer(
            root.resolve(Mounts.TOOL.substring(1)),
            root.resolve(Mounts.TOOL_FILES.substring(1)),
            run.log());
    return new ContainerTool(run, container);
  }

  @Override
  public String canonical(String version) {
    return version;
  }

  @Override
  public String asWritten(String version) {
    return version;
  }

  @Override
  public void require(String version, String field) {
    versions.require(version, field);
  }

  @Override
  public boolean isBeginning(String version) {
    return versions.isBeginning(version);
  }

  @Override
  public CommandHistory history() throws SQLException {
    if (isAfterInterruption() && !isSettled) {
      real.settle();
      isSettled = true;
    }
    return new CommandHistory(this, tables.read(run.session()));
  }

  @Override
  public boolean hasObjects() throws SQLException {
    return run.engine()
        .catalog(run.session())
        .hasObjects(run.target().schemas(), run.request().command().historyTables().getFirst());
  }

  @Override
  public void failIfHistoryCannotBeCreated() throws SQLException {
    var schema = run.target().schemas().getFirst();
    var user = run.engine().catalog(run.session()).mayNotCreate(schema);
    if (user.isPresent()) {
      throw new RunFailure(
          Outcome.ACCESS_DENIED,
          "The user "
              + user.get()
              + " may not create tables in the schema "
              + schema
              + ". GRANT CREATE ON SCHEMA to it; the operator retries.");
    }
  }

  @Override
  public List<Replay> replays(String version) {
    return List.of(replay());
  }

  /** Builds all versions, one after the other. */
  Replay replay() {
    return builds.replay(
        versions.isBeginning(ListedVersions.BEGINNING) ? ListedVersions.BEGINNING : null,
        versions.all(),
        marks::learn);
  }

  /** Builds one version. */
  Replay replayTo(String version) {
    return builds.replay(
        null, versions.isBeginning(version) ? List.of() : List.of(version), marks::learn);
  }

  @Override
  public boolean knowsStatements() {
    return false;
  }

  @Override
  public List<PendingMigration> callbacks() {
    return List.of();
  }

  @Override
  public void stamp(String version) {
    if (isBeginning(version)) {
      return; // A tool that has run nothing has recorded nothing.
    }
    real.stamp(version);
  }

  @Override
  public void rehearse(
      ScratchDatabase clone, int pending, boolean besideOthers, ImpactRecorder watched) {
    new ToolRehearsal(run, tool, tables).rehearse(clone);
  }

  @Override
  public Migrated migrate(int pending, boolean besideOthers) throws SQLException {
    return real.migrate();
  }

  @Override
  public Migrated review(Migrated migrated) {
    return real.review(migrated);
  }

  @Override
  public RuntimeException explain(Migrated failed, SchemaProof proof) throws SQLException {
    return real.explain(failed, proof);
  }

  HistoryTables tables() {
    return tables;
  }

  Marks marks() {
    return marks;
  }

  ListedVersions versions() {
    return versions;
  }

  String wanted() {
    return run.request().version();
  }

  boolean canBuild() {
    return builds.isPossible();
  }

  /** Whether an earlier sync may have ended in the middle, and nothing was proven since. */
  boolean isAfterInterruption() {
    return run.request().afterLost();
  }

  /** Says how the tool records a version, in a sentence. */
  String howToRecord() {
    return StampCommand.sentence(run.request().command().stamp());
  }
}
