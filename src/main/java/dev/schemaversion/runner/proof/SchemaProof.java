package dev.schemaversion.runner.proof;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.ProofBuilder;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.runner.flyway.FlywayFactory;
import dev.schemaversion.runner.flyway.FlywayReplay;
import dev.schemaversion.runner.flyway.History;
import dev.schemaversion.runner.flyway.Migrations;
import dev.schemaversion.runner.flyway.ScriptInspector;
import dev.schemaversion.runner.flyway.Versions;
import dev.schemaversion.runner.report.Log;
import dev.schemaversion.runner.report.RefusalMessages;
import dev.schemaversion.runner.report.Shutdown;
import dev.schemaversion.runner.scratch.ScratchDatabases;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.SnapshotReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;

/** Whether the schema found is that of a version, as the migrations build it. */
public final class SchemaProof {
  /** How long to look for further versions that are equal, or for the nearest. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RunRequest request;
  private final Migrations migrations;
  private final RealSchema real;
  private final ScratchDatabases workshop;
  private final FlywayFactory flyway;
  private final Shutdown stop;
  private final Log log;
  private final Acceptance acceptance;

  public SchemaProof(
      RunRequest request,
      Migrations migrations,
      RealSchema real,
      ScratchDatabases workshop,
      FlywayFactory flyway,
      Shutdown stop,
      Log log) {
    this.request = request;
    this.migrations = migrations;
    this.real = real;
    this.workshop = workshop;
    this.flyway = flyway;
    this.stop = stop;
    this.log = log;
    this.acceptance = new Acceptance(request.proof());
  }

  /** Of a database with nothing in it. */
  public static Proof nothing() {
    return equal(null);
  }

  /** The proof on record, if the schema is still the one that was proven then. */
  public Optional<Proof> onRecord(Snapshot found, MigrationVersion present) {
    var known = request.proof().known();
    boolean holds =
        known != null
            && acceptance.isRecorded()
            && known.schema().header().equals(found.header().text())
            && known.schema().fingerprint().equals(found.fingerprint())
            && Optional.ofNullable(known.version())
                .map(Versions::of)
                .equals(Optional.ofNullable(present));
    if (!holds) {
      return Optional.empty();
    }
    log.line("the schema is the one that was proven before");
    return Optional.of(acceptance.isUnused() ? equal(known.version()) : accepted(known.version()));
  }

  /** Builds what the history lists, and compares. */
  public Proof history(Snapshot found, History history) throws SQLException {
    var present = history.present().orElseThrow();
    var version = Versions.text(present);
    var missing = migrations.missing(history);
    if (!missing.isEmpty()) {
      throw new Unprovable(
              Outcome.MIGRATION_MISSING,
              String.join(" ", missing),
              "The history lists versions that no migration has: "
                  + String.join(", ", missing)
                  + ". So the version it claims cannot be built and compared. Nothing was done."
                  + " Put the migrations back.",
              null,
              null)
          .about(version);
    }
    log.line("proving version " + version + " of the history");
    return prover(found)
        .claim(version, replay(migrations.only(v -> history.built(v) || v.isNewerThan(present))));
  }

  /** Builds the version that somebody claims, and compares. */
  public Proof claim(Snapshot found, String version) throws SQLException {
    log.line("proving the claim that the database is at " + version);
    return prover(found).claim(Versions.text(Versions.of(version)), replay(migrations));
  }

  /** Looks which version it could be. */
  public Proof search(Snapshot found) throws SQLException {
    log.line("looking which version the database could be");
    return prover(found).search(replay(migrations));
  }

  /** Has the migrations built up to a version, and leaves it standing. */
  FlywayReplay.Standing standing(Migrations some) throws SQLException {
    return replay(some).build();
  }

  /** Whether there is a scratch server to build versions on. */
  public boolean canBuild() {
    return workshop.exists();
  }

  /**
   * How a schema compares with those between two versions.
   *
   * @param equal after how many statements it is the same
   * @param visible the first statement that changes the schema, counted from 1; 0 if none does
   * @param difference from the version before the first statement, in words
   */
  public record Steps(List<Integer> equal, int visible, String difference) {}

  /** Builds what the history lists and runs these statements one by one on it. */
  public Steps steps(Snapshot found, History history, List<ScriptInspector.Statement> statements)
      throws SQLException {
    var version = history.present().map(Versions::text).orElse("nothing");
    var prover = new Prover(found, acceptance, PATIENCE, InstantSource.system(), line -> {});
    log.line("building version " + version + " and, step by step, what was begun on it");
    try (var standing = standing(migrations.only(history::built));
        var session = standing.workspace().migrating().getConnection();
        var admin = standing.workspace().admin()) {
      var reader = new SnapshotReader(admin, real.scope());
      var proof = prover.with(version, standing.schema(), standing.trip());
      var equal = new ArrayList<Integer>();
      int visible = 0;
      if (proof.holds()) {
        equal.add(0);
      }
      for (int done = 1; done <= statements.size(); done++) {
        if (!execute(session, statements.get(done - 1))) {
          break;
        }
        var schema = reader.readAlone();
        if (visible == 0 && !schema.fingerprint().equals(standing.schema().fingerprint())) {
          visible = done;
        }
        if (prover.with(version, schema, standing.trip()).holds()) {
          equal.add(done);
        }
      }
      return new Steps(equal, visible, proof.holds() ? "" : RefusalMessages.differ(proof));
    }
  }

  private static boolean execute(Connection session, ScriptInspector.Statement statement)
      throws SQLException {
    try (var execution = session.createStatement()) {
      execution.setEscapeProcessing(false);
      execution.execute(statement.sql());
      return true;
    } catch (SQLException e) {
      if (ScratchUnavailable.isBehind(e)) {
        throw ScratchUnavailable.died(e);
      }
      return false;
    }
  }

  /** Compares with what stands on the scratch server. */
  public Proof with(FlywayReplay.Standing standing, Snapshot found, String version)
      throws SQLException {
    return prover(found).with(version, standing.schema(), standing.trip());
  }

  /** Says that a version cannot be proven, unless just that is accepted. */
  Proof unprovable(Snapshot found, String version, Unprovable why) {
    return prover(found).unprovable(version, why);
  }

  /** After migrations of ours that ended well, where no comparison is asked for. */
  public static Proof carried(String version) {
    return ProofBuilder.builder().verdict(Verdict.Carried).version(version).build();
  }

  private FlywayReplay replay(Migrations some) {
    return new FlywayReplay(flyway, some, real.scope(), workshop, stop);
  }

  private Prover prover(Snapshot found) {
    return new Prover(found, acceptance, PATIENCE, InstantSource.system(), log::line);
  }

  private static Proof equal(String version) {
    return ProofBuilder.builder().verdict(Verdict.Equal).version(version).build();
  }

  private Proof accepted(String version) {
    return ProofBuilder.builder()
        .verdict(Verdict.Accepted)
        .version(version)
        .accepted(acceptance.recorded())
        .build();
  }
}
