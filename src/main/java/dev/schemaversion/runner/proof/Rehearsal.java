package dev.schemaversion.runner.proof;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.request.RequestedRehearsal;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.impact.ImpactRecorder;
import dev.schemaversion.runner.impact.ImpactReport;
import dev.schemaversion.runner.report.RefusalMessages;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.rows.RowCheck;
import dev.schemaversion.runner.scratch.ScratchServerAccess;
import dev.schemaversion.runner.snapshot.Outside;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.SnapshotReader;
import java.sql.SQLException;

/**
 * Runs the pending migrations on a clone of the real database's schema, with rows if the request
 * wants them, and builds their result from an empty database beside it.
 */
public final class Rehearsal {
  private final RunContext run;
  private final MigrationTool tool;
  private final SchemaProof proof;
  private final ScratchServerAccess scratch;
  private RowCheck rows;

  public Rehearsal(
      RunContext run, MigrationTool tool, SchemaProof proof, ScratchServerAccess scratch) {
    this.run = run;
    this.tool = tool;
    this.proof = proof;
    this.scratch = scratch;
  }

  /**
   * The result of a rehearsal.
   *
   * @param after the clone's schema after the migrations; without a clone, what they build from an
   *     empty database
   * @param standing what they build from an empty database, as it stands on the scratch server;
   *     null if it cannot be built and that is accepted
   * @param proof how the two compare
   * @param rows what the migrations demand of rows; null without a clone
   */
  public record Rehearsed(Snapshot after, Standing standing, Proof proof, RowCheck rows)
      implements AutoCloseable {
    @Override
    public void close() {
      if (standing != null) {
        standing.close();
      }
    }
  }

  /**
   * Rehearses.
   *
   * @param besideOthers whether nothing has run, and there are objects that do not count, beside
   *     which the migrations have to run
   * @param pending how many migrations are pending
   * @param present the proof of the present version
   * @throws RunFailure {@link Outcome#REHEARSAL_FAILED}
   * @throws Unprovable if the wanted version cannot be built from an empty database, unless that is
   *     accepted
   */
  public Rehearsed run(History history, boolean besideOthers, int pending, Proof present)
      throws SQLException {
    new ChainComparison(run, tool).noteIfDifferent();
    var outside = RealSchema.outside(present);
    boolean fromNothing = history.present().isEmpty() && !besideOthers;
    boolean isOff = mode() == RequestedRehearsal.Mode.OFF;
    var after = fromNothing || isOff ? null : onClone(pending, besideOthers, outside);
    Standing standing;
    try {
      standing = build(history);
      if (after != null && !standing.outside().equals(outside)) {
        // The clone was read without what they make there, and only one database fits at a time.
        standing.close();
        run.log()
            .line(
                "rehearsing again, with what the migrations make outside spec.database.schemas: "
                    + standing.outside().entries());
        after = onClone(pending, besideOthers, standing.outside());
        standing = build(history);
      }
    } catch (Unprovable e) {
      if (fromNothing) {
        throw rehearsalFailed(e);
      }
      if (isOff) {
        throw nothingToCompareWith(e);
      }
      return new Rehearsed(after, null, unprovable(after, e), rows);
    }
    try {
      var found = after == null ? proof.real().afterMigrations(standing.schema()) : after;
      return new Rehearsed(found, standing, compare(standing, found), rows);
    } catch (SQLException | RuntimeException e) {
      standing.close();
      throw e;
    }
  }

  private Standing build(History history) throws SQLException {
    run.log().begin("building version " + run.request().version() + " from nothing");
    return history.replayWithPending().build();
  }

  private Proof compare(Standing standing, Snapshot found) throws SQLException {
    var compared = proof.with(standing, found, version());
    if (!compared.holds()) {
      throw RefusalMessages.contradicted(
          Outcome.REHEARSAL_FAILED,
          "Rehearsed on a clone, the pending migrations end in another schema than built from"
              + " nothing: ",
          compared,
          "The database was not touched.");
    }
    return compared;
  }

  private Snapshot onClone(int pending, boolean besideOthers, Outside outside) throws SQLException {
    var login = run.target().user();
    var real = proof.real();
    try (var clone = scratch.cloned();
        var admin = clone.admin();
        var watched = new ImpactRecorder(run.engine().impact(), clone.admin())) {
      run.log()
          .begin(
              "rehearsing on a clone of the schema"
                  + (mode() == RequestedRehearsal.Mode.ROWS ? ", with rows" : ""));
      var reader = new SnapshotReader(admin, real.scope().with(outside));
      var before = reader.settings(login);
      rows = RowCheck.begin(run, admin);
      tool.rehearse(clone, pending, besideOthers, watched);
      new ImpactReport(run).publish(watched);
      rows.rehearsed(admin);
      real.migrated(before, reader.settings(login));
      return real.afterMigrations(reader.readAlone());
    }
  }

  private static RunFailure rehearsalFailed(Unprovable why) {
    return new RunFailure(
        Outcome.REHEARSAL_FAILED,
        why.getMessage()
            + " Correct the migration and apply it, or set the annotation"
            + " schemaversion.dev/retry.",
        why.failure().orElse(null),
        why);
  }

  /** A script may need rows that it finds in the clone only. */
  private Proof unprovable(Snapshot after, Unprovable why) {
    try {
      return proof.unprovable(after, version(), why);
    } catch (Unprovable refused) {
      if (mode() == RequestedRehearsal.Mode.ROWS && refused.outcome() == Outcome.REPLAY_FAILED) {
        run.report()
            .note(
                "On the clone with rows the pending migrations ran. If the script needs rows that"
                    + " only a program makes, no new environment can be built with it: let an"
                    + " earlier migration make the rows, or accept it as said.");
      }
      throw refused;
    }
  }

  private RequestedRehearsal.Mode mode() {
    return run.request().rehearsalOrDefault().mode();
  }

  /** What was accepted is that the clone decides, and there is none. */
  private static RunFailure nothingToCompareWith(Unprovable why) {
    return new RunFailure(
        Outcome.REHEARSAL_FAILED,
        why.getMessage()
            + " The result of the pending migrations could not be compared with anything, because"
            + " spec.proof.rehearsal.mode is Off. The database was not touched. Set"
            + " spec.proof.rehearsal.mode to Schema or Rows.",
        why.failure().orElse(null),
        why);
  }

  private String version() {
    return tool.canonical(run.request().version());
  }
}
