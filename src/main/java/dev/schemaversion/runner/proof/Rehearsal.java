package dev.schemaversion.runner.proof;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.SanitizedMessage;
import dev.schemaversion.runner.flyway.FailedStatement;
import dev.schemaversion.runner.flyway.FlywayFactory;
import dev.schemaversion.runner.flyway.FlywayReplay;
import dev.schemaversion.runner.flyway.History;
import dev.schemaversion.runner.flyway.Migrations;
import dev.schemaversion.runner.flyway.Scripts;
import dev.schemaversion.runner.flyway.Versions;
import dev.schemaversion.runner.report.Log;
import dev.schemaversion.runner.report.Progress;
import dev.schemaversion.runner.report.RefusalMessages;
import dev.schemaversion.runner.report.Shutdown;
import dev.schemaversion.runner.scratch.ScratchDatabase;
import dev.schemaversion.runner.scratch.ScratchDatabases;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.SnapshotReader;
import java.sql.SQLException;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Runs the pending migrations on a clone of the real database's schema, and builds their result
 * from nothing beside it. What depends on rows still passes here: the clone's tables are empty.
 */
public final class Rehearsal {
  private final RunRequest request;
  private final Migrations migrations;
  private final RealSchema real;
  private final SchemaProof proving;
  private final ScratchDatabases clones;
  private final FlywayFactory flyway;
  private final Shutdown stop;
  private final Log log;

  /**
   * A rehearsal.
   *
   * @param clones gives databases with the real one's schema and history
   */
  public Rehearsal(
      RunRequest request,
      Migrations migrations,
      RealSchema real,
      SchemaProof proving,
      ScratchDatabases clones,
      FlywayFactory flyway,
      Shutdown stop,
      Log log) {
    this.request = request;
    this.migrations = migrations;
    this.real = real;
    this.proving = proving;
    this.clones = clones;
    this.flyway = flyway;
    this.stop = stop;
    this.log = log;
  }

  /**
   * What came of it.
   *
   * @param after the clone's schema after the migrations
   * @param standing what they build from nothing, as it stands on the scratch server; null if it
   *     cannot be built and that is accepted
   * @param proof how the two compare
   */
  public record Rehearsed(Snapshot after, FlywayReplay.Standing standing, Proof proof)
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
   * @param pending how many migrations are pending
   * @throws RunFailure {@link Outcome#REHEARSAL_FAILED}
   * @throws Unprovable if the wanted version cannot be built from nothing, unless that is accepted
   */
  public Rehearsed run(History history, int pending) throws SQLException {
    boolean fromNothing = history.present().isEmpty();
    var after = fromNothing ? null : onClone(pending);
    log.line("building version " + request.version() + " from nothing");
    var wanted = Versions.of(request.version());
    var some =
        migrations.only(v -> history.built(v) || (!v.isNewerThan(wanted) && isPending(v, history)));
    FlywayReplay.Standing standing;
    try {
      standing = proving.standing(some);
    } catch (Unprovable e) {
      if (fromNothing) {
        throw rehearsalFailed(e);
      }
      return new Rehearsed(after, null, proving.unprovable(after, version(), e));
    }
    try {
      var found = fromNothing ? standing.schema() : after;
      var proof = proving.with(standing, found, version());
      if (!proof.holds()) {
        throw RefusalMessages.contradicted(
            Outcome.REHEARSAL_FAILED,
            "Rehearsed on a clone, the pending migrations end in another schema than built from"
                + " nothing: ",
            proof,
            "The database was not touched.");
      }
      return new Rehearsed(found, standing, proof);
    } catch (SQLException | RuntimeException e) {
      standing.close();
      throw e;
    }
  }

  /** Without outOfOrder, nothing below the present version is pending. */
  private boolean isPending(MigrationVersion version, History history) {
    return request.flyway().outOfOrder()
        || history.present().filter(present -> !version.isNewerThan(present)).isEmpty();
  }

  private Snapshot onClone(int pending) throws SQLException {
    try (var clone = clones.open(migrations)) {
      log.line("rehearsing on a clone of the schema");
      migrate(clone, pending);
      try (var admin = clone.admin()) {
        return new SnapshotReader(admin, real.scope()).readAlone();
      }
    }
  }

  private void migrate(ScratchDatabase clone, int pending) {
    var progress = new Progress(log, stop::endTrialBefore);
    progress.expect(pending);
    try {
      flyway.rehearsing(clone.migrating(), new Scripts(migrations), progress).migrate();
    } catch (RuntimeException e) {
      if (ScratchUnavailable.isBehind(e)) {
        throw ScratchUnavailable.died(e);
      }
      var sql = SanitizedMessage.find(e);
      if (sql.isEmpty()) {
        throw e;
      }
      var failed = FailedStatement.of(e, sql.get(), progress.current());
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

  private static RunFailure rehearsalFailed(Unprovable why) {
    return new RunFailure(
        Outcome.REHEARSAL_FAILED,
        why.getMessage()
            + " Correct the migration and apply it, or set the annotation"
            + " schemaversion.dev/retry.",
        why.failure().orElse(null),
        why);
  }

  private String version() {
    return Versions.text(Versions.of(request.version()));
  }
}
