package dev.schemaversion.runner.command;

import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.Login;
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
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import dev.schemaversion.runner.snapshot.Scope;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The user's migration tool. It runs once for each database and version; its version is learned
 * from its tables, by comparing them with what it leaves there on the scratch server.
 */
public final class CommandTool implements MigrationTool {
  /** Longer statements are awaited by later attempts, which leave the node to others meanwhile. */
  private static final Duration ABANDONED_TIMEOUT = Duration.ofSeconds(30);

  private final RunContext run;
  private final RunLock lock;
  private final Tool tool;
  private final ListedVersions versions;
  private final HistoryTables tables;
  private final ScratchBuild builds;
  private final Marks marks;
  private final AbandonedSessions abandoned;
  private boolean hasSettled;

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
    this.lock = lock;
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
    this.abandoned =
        new AbandonedSessions(
            run.engine().otherSessions(run.session()),
            ABANDONED_TIMEOUT,
            () -> run.shutdown().outcome() == Outcome.INTERRUPTED,
            run.log());
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
    if (isAfterInterruption() && !hasSettled) {
      abandoned.await(Set.of(), "A migration was interrupted.", Outcome.LOCK_BUSY);
      hasSettled = true;
    }
    return new CommandHistory(this, tables.read(run.session()));
  }

  /** The version of a mark, which need not be looked for if it is the one of the last proof. */
  Optional<String> version(Mark mark) {
    var known = run.request().proof().known();
    if (known != null
        && known.version() != null
        && known.schema() != null
        && mark.digest().equals(known.schema().history())) {
      return Optional.of(known.version());
    }
    try {
      return marks.version(mark, wanted());
    } catch (SQLException e) {
      throw ScratchUnavailable.died(e);
    }
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
    if (run.request().command().stamp() == null) {
      throw new RunFailure(
          Outcome.INVALID_REQUEST,
          "The claim that the database is at "
              + version
              + " is proven, but cannot be recorded, because spec.migrations.command.stamp is not set."
              + " Nothing was written. Set it to the tool's command that records a version without"
              + " migrating.");
    }
    lock.verify();
    var ended = tool.stamp(Login.to(run.target()), version);
    try {
      if (!ended.succeeded() || !history().version().equals(Optional.of(version))) {
        throw new RunFailure(
            Outcome.MIGRATION_FAILED,
            "The claim that the database is at "
                + version
                + " is proven, but spec.migrations.command.stamp did not record it: "
                + ended.words()
                + " Its tables have "
                + marks.unknownRows(tables.read(run.session()))
                + ". Correct the command, then set the annotation schemaversion.dev/retry.");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the tool's tables cannot be read after the stamp", e);
    }
  }

  @Override
  public void rehearse(
      ScratchDatabase clone, int pending, boolean besideOthers, ImpactRecorder watched) {
    run.shutdown().endRehearsalBefore(wanted());
    try (var rows = clone.admin()) {
      tables.copy(run.session(), rows);
    } catch (SQLException e) {
      throw new IllegalStateException("the tool's tables cannot be copied to the clone", e);
    }
    var ended = tool.migrate(clone.login(), wanted());
    if (!ended.succeeded()) {
      run.shutdown().endRehearsalBefore(wanted());
      throw new RunFailure(
          Outcome.REHEARSAL_FAILED,
          "Rehearsed on a clone of the schema, the migration failed: "
              + ended.words()
              + " The database was not touched. The pod's log has the whole output. Correct the"
              + " migration, or what is in its way in the database, then set the annotation"
              + " schemaversion.dev/retry.");
    }
  }

  @Override
  public Migrated migrate(int pending, boolean besideOthers) throws SQLException {
    run.shutdown().endBefore(wanted());
    lock.verify();
    run.log().line("migrating to " + wanted());
    var others = abandoned.existing();
    var ended = tool.migrate(Login.to(run.target()), wanted());
    if (!ended.succeeded()) {
      abandoned.await(
          others, "The migration failed: " + ended.words(), Outcome.CONNECTION_LOST);
    }
    var mark = tables.read(run.session());
    boolean isThere = ended.succeeded() && marks.isKnownToBe(wanted(), mark);
    return new Migrated(
        new CommandHistory(this, mark), isThere ? null : new Failed(ended), !isThere);
  }

  @Override
  public Migrated review(Migrated migrated) {
    var after = (CommandHistory) migrated.after();
    if (migrated.thrown() instanceof Failed failed) {
      failed.after = after;
      return failed.ended.succeeded() && after.version().equals(Optional.of(wanted()))
          ? new Migrated(after, null)
          : new Migrated(after.isUnknown() ? null : after, failed);
    }
    return migrated;
  }

  /** The tool did not end well on the real database, or it is not known whether it did. */
  private static final class Failed extends RuntimeException {
    private final transient Ended ended;
    private transient CommandHistory after;

    Failed(Ended ended) {
      super(ended.program());
      this.ended = ended;
    }
  }

  @Override
  public RuntimeException explain(Migrated failed, SchemaProof proof) throws SQLException {
    if (!(failed.thrown() instanceof Failed thrown)) {
      return failed.thrown();
    }
    return new InterruptedTool(this, proof).failed(thrown.ended, thrown.after);
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

  /** Says that no version has this mark, in a sentence. */
  String unknown(Mark mark) {
    return "The tool's tables are those of no version in spec.migrations.command.versions. They have "
        + marks.unknownRows(mark)
        + ".";
  }
}
