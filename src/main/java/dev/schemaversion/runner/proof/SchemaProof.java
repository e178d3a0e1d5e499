package dev.schemaversion.runner.proof;

import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.ProofBuilder;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.scratch.ScratchDatabases;
import dev.schemaversion.runner.snapshot.LeftOut;
import dev.schemaversion.runner.snapshot.Outside;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.snapshot.comparison.Difference;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Proves whether the schema found is that of a version, as the migrations build it. */
public final class SchemaProof {
  /** How long to search for further versions that are equal, or for the nearest. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RunContext run;
  private final MigrationTool tool;
  private final RealSchema real;
  private final ScratchDatabases scratch;
  private final Acceptance acceptance;
  private final RecordedProof recorded;

  public SchemaProof(
      RunContext run, MigrationTool tool, RealSchema real, ScratchDatabases scratch) {
    this.run = run;
    this.tool = tool;
    this.real = real;
    this.scratch = scratch;
    this.acceptance = new Acceptance(run.request().proof());
    this.recorded = new RecordedProof(run.request(), acceptance, real);
  }

  /** The real database's schema. */
  public RealSchema real() {
    return real;
  }

  /** The proof of a database in which nothing counts. */
  public Proof nothing(Snapshot found) {
    real.startWithSettingsFound();
    return ProofBuilder.builder()
        .verdict(Verdict.Equal)
        .ignored(found.ignored())
        .basis(real.basis(Outside.NOTHING))
        .build();
  }

  /** The recorded proof, if the schema is still the one that was proven then. */
  public Optional<Proof> onRecord(Snapshot found, History history) {
    var proof = recorded.stillHolding(found, history, tool);
    if (proof.isPresent()) {
      run.log().line("the schema is the one that was proven before");
    }
    return proof;
  }

  /** Builds what the history records, and compares. */
  public Proof history(Snapshot found, History history) throws SQLException {
    var version = history.present().orElseThrow();
    run.log().begin("proving version " + version + " of the history");
    var full = history.replayInFull();
    if (full.isPresent()) {
      var result = claim(found, version, full.get());
      if (result.holds() || !recorded.mayBeUnfinished()) {
        return result;
      }
      run.log().begin("comparing without what repeatable migrations and callbacks own");
    }
    return claim(found, version, history.replay());
  }

  private Proof claim(Snapshot found, String version, Replay replay) throws SQLException {
    LeftOut leftOut;
    try {
      leftOut = replay.leftOut();
    } catch (Unprovable e) {
      return unprovable(found, version, e);
    }
    if (!real.areSettingsKnown() && recorded.exists()) {
      run.log().line("the settings of the database were not recorded before; this proof does");
    }
    var result = prover(found, leftOut).claim(version, replay);
    return leftOut.isEmpty() ? result : result.withLeftOut(leftOut.keys().size());
  }

  /** Builds the claimed version, and compares. */
  public Proof claim(Snapshot found, String version) throws SQLException {
    run.log().begin("proving the claim that the database is at " + version);
    new ChainComparison(run, tool).noteIfDifferent();
    Proof refuted = null;
    Unprovable unprovable = null;
    for (var replay : tool.replays(version)) {
      try {
        var result = claim(found, tool.canonical(version), replay);
        if (result.holds()) {
          return result;
        }
        refuted = refuted == null ? result : refuted;
      } catch (Unprovable e) {
        unprovable = unprovable == null ? e : unprovable;
      }
    }
    if (refuted == null) {
      throw Objects.requireNonNull(unprovable);
    }
    return refuted;
  }

  /** Searches for the versions that the database could be at. */
  public Proof search(Snapshot found) throws SQLException {
    run.log().begin("searching for the version that the database could be at");
    var replay = tool.replays(null).getFirst();
    try {
      return prover(found, replay.leftOut()).search(replay);
    } catch (Unprovable e) {
      run.log().line("versions are not compared: " + e.getMessage());
      return ProofBuilder.builder().verdict(Verdict.Unprovable).equalVersions(List.of()).build();
    }
  }

  /** Whether a difference is among those on record as accepted. */
  public boolean accepts(Difference difference) {
    return acceptance.isRecorded() && acceptance.covers(difference.normalised());
  }

  /** Whether there is a scratch server to build versions on. */
  public boolean canBuild() {
    return scratch.exists();
  }

  /** Compares with what stands on the scratch server. */
  public Proof with(Standing standing, Snapshot found, String version) throws SQLException {
    return prover(found, standing.leftOut())
        .with(version, standing.schema(), standing.reader().trip());
  }

  /** Compares with a schema on a scratch database, and logs nothing. */
  public Proof compare(Snapshot found, String version, Snapshot schema, Standing at)
      throws SQLException {
    return prover(new Found(real, found, at.leftOut()), line -> {})
        .with(version, schema, at.reader().trip());
  }

  /** All that differs between a schema found and one that was built. */
  public Comparison comparison(Snapshot found, LeftOut leftOut, Snapshot built)
      throws SQLException {
    return new Found(real, found, leftOut).compare(built);
  }

  /** What stands on the scratch server now, after further statements. */
  public Snapshot readAgain(Standing standing) throws SQLException {
    return standing.reader().read().without(standing.leftOut());
  }

  /** A version around which callbacks have begun to change the schema and did not finish. */
  public static Proof unfinished(String version) {
    return ProofBuilder.builder().verdict(Verdict.Unprovable).version(version).build();
  }

  /** Says that a version cannot be proven, unless just that is accepted. */
  Proof unprovable(Snapshot found, String version, Unprovable why) {
    return prover(found, LeftOut.NOTHING).unprovable(version, why);
  }

  /**
   * The proof after our own migrations succeeded, where no comparison is wanted.
   *
   * @param before the schema before they ran
   * @param after the schema now
   */
  public Proof carried(String version, Snapshot before, Snapshot after) {
    real.migrated(before.settings(), after.settings());
    return ProofBuilder.builder()
        .verdict(Verdict.Carried)
        .version(version)
        .basis(real.basis())
        .build();
  }

  private Prover prover(Snapshot found, LeftOut leftOut) {
    return prover(new Found(real, found, leftOut), run.log()::line);
  }

  private Prover prover(Found found, Consumer<String> log) {
    return new Prover(found, acceptance, PATIENCE, InstantSource.system(), log);
  }
}
