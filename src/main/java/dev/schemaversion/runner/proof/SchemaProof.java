package dev.schemaversion.runner.proof;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.ProofBuilder;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.scratch.ScratchDatabases;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.SnapshotReader;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
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

  public SchemaProof(
      RunContext run, MigrationTool tool, RealSchema real, ScratchDatabases scratch) {
    this.run = run;
    this.tool = tool;
    this.real = real;
    this.scratch = scratch;
    this.acceptance = new Acceptance(run.request().proof());
  }

  /** The real database's schema. */
  public RealSchema real() {
    return real;
  }

  /** The proof of a database in which nothing counts. */
  public static Proof nothing(Snapshot found) {
    return ProofBuilder.builder().verdict(Verdict.Equal).ignored(found.ignored()).build();
  }

  /** The recorded proof, if the schema is still the one that was proven then. */
  public Optional<Proof> onRecord(Snapshot found, History history) {
    var known = run.request().proof().known();
    boolean holds =
        known != null
            && acceptance.isRecorded()
            && known.schema().header().equals(found.header().text())
            && known.schema().fingerprint().equals(found.fingerprint())
            && Optional.ofNullable(known.version()).map(tool::canonical).equals(history.present());
    if (!holds) {
      return Optional.empty();
    }
    run.log().line("the schema is the one that was proven before");
    return Optional.of(acceptance.isUnused() ? equal(known.version()) : accepted(known.version()));
  }

  /** Builds what the history records, and compares. */
  public Proof history(Snapshot found, History history) throws SQLException {
    var version = history.present().orElseThrow();
    var missing = history.missing();
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
    run.log().line("proving version " + version + " of the history");
    return prover(found).claim(version, history.replay());
  }

  /** Builds the claimed version, and compares. */
  public Proof claim(Snapshot found, String version) throws SQLException {
    run.log().line("proving the claim that the database is at " + version);
    return prover(found).claim(tool.canonical(version), tool.replay());
  }

  /** Searches for the versions that the database could be at. */
  public Proof search(Snapshot found) throws SQLException {
    run.log().line("searching for the version that the database could be at");
    return prover(found).search(tool.replay());
  }

  /** Whether there is a scratch server to build versions on. */
  public boolean canBuild() {
    return scratch.exists();
  }

  /** Compares with what stands on the scratch server. */
  public Proof with(Standing standing, Snapshot found, String version) throws SQLException {
    return prover(found).with(version, standing.schema(), standing.trip());
  }

  /** Compares with a schema on a scratch database, and logs nothing. */
  public Proof compare(Snapshot found, String version, Snapshot schema, Standing at)
      throws SQLException {
    return prover(found, line -> {}).with(version, schema, at.trip());
  }

  /** What stands on the scratch server now, after further statements. */
  public Snapshot readAgain(Standing standing) throws SQLException {
    try (var admin = standing.database().admin()) {
      return new SnapshotReader(admin, real.scope()).readAlone();
    }
  }

  /** Says that a version cannot be proven, unless just that is accepted. */
  Proof unprovable(Snapshot found, String version, Unprovable why) {
    return prover(found).unprovable(version, why);
  }

  /** The proof after our own migrations succeeded, where no comparison is wanted. */
  public static Proof carried(String version) {
    return ProofBuilder.builder().verdict(Verdict.Carried).version(version).build();
  }

  private Prover prover(Snapshot found) {
    return prover(found, run.log()::line);
  }

  private Prover prover(Snapshot found, Consumer<String> log) {
    return new Prover(found, acceptance, PATIENCE, InstantSource.system(), log);
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
