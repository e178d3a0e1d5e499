package dev.schemaversion.runner.command;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.Login;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.RunLock;
import dev.schemaversion.runner.proof.MigrationTool.Migrated;
import dev.schemaversion.runner.proof.SchemaProof;
import dev.schemaversion.runner.report.RunContext;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What the tool does on the real database, and how it is found out what it has done there. */
final class RealMigration {
  /** Later attempts wait for longer statements, and leave the node to others meanwhile. */
  private static final Duration ABANDONED_TIMEOUT = Duration.ofSeconds(30);

  private final CommandTool command;
  private final RunContext run;
  private final Tool tool;
  private final RunLock lock;
  private final AbandonedSessions abandoned;

  /**
   * The migration of one run.
   *
   * @param lock is verified before the tool runs
   */
  RealMigration(CommandTool command, RunContext run, Tool tool, RunLock lock) {
    this.command = command;
    this.run = run;
    this.tool = tool;
    this.lock = lock;
    this.abandoned =
        new AbandonedSessions(
            run.engine().otherSessions(run.session()),
            ABANDONED_TIMEOUT,
            () -> run.shutdown().outcome() == Outcome.INTERRUPTED,
            run.log());
  }

  /**
   * Waits until the server executes nothing that an interrupted tool may have sent.
   *
   * @throws RunFailure {@link Outcome#LOCK_BUSY} if it takes long
   */
  void settle() throws SQLException {
    abandoned.await(Set.of(), "A migration was interrupted.", Outcome.LOCK_BUSY);
  }

  /**
   * Has the tool record a version.
   *
   * @throws RunFailure if there is no command for it, or it did not record the version
   */
  void stamp(String version) {
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
      if (!ended.succeeded() || !command.history().version().equals(Optional.of(version))) {
        throw new RunFailure(
            Outcome.MIGRATION_FAILED,
            "The claim that the database is at "
                + version
                + " is proven, but spec.migrations.command.stamp did not record it: "
                + ended.words()
                + " Its tables have "
                + command.marks().unknownRows(command.tables().read(run.session()))
                + ". Correct the command, then set the annotation schemaversion.dev/retry.");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the tool's tables cannot be read after the stamp", e);
    }
  }

  /**
   * Migrates to the wanted version.
   *
   * @throws RunFailure {@link Outcome#CONNECTION_LOST} if the tool failed, and the server still
   *     executes what it had sent
   */
  Migrated migrate() throws SQLException {
    run.shutdown().endBefore(command.wanted());
    lock.verify();
    run.log().begin("migrating to " + command.wanted());
    var others = abandoned.existing();
    var ended = tool.migrate(Login.to(run.target()), command.wanted());
    if (!ended.succeeded()) {
      abandoned.await(others, "The migration failed: " + ended.words(), Outcome.CONNECTION_LOST);
    }
    var mark = command.tables().read(run.session());
    boolean isThere = ended.succeeded() && command.marks().isKnownToBe(command.wanted(), mark);
    return new Migrated(
        new CommandHistory(command, mark), isThere ? null : new Failed(ended), !isThere);
  }

  /** Finds the version that the tool has reached, now that the scratch server is free. */
  Migrated review(Migrated migrated) {
    var after = (CommandHistory) migrated.after();
    if (migrated.thrown() instanceof Failed failed) {
      failed.after = after;
      return failed.ended.succeeded() && after.version().equals(Optional.of(command.wanted()))
          ? new Migrated(after, null)
          : new Migrated(after.isUnknown() ? null : after, failed);
    }
    return migrated;
  }

  /** How the run ends after a migration that failed. */
  RuntimeException explain(Migrated failed, SchemaProof proof) throws SQLException {
    if (!(failed.thrown() instanceof Failed thrown)) {
      return failed.thrown();
    }
    return new InterruptedTool(command, proof).failed(thrown.ended, thrown.after);
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
}
