package dev.schemaversion.runner.proof;

import dev.schemaversion.contract.Proof;
import dev.schemaversion.contract.Proof.Verdict;
import dev.schemaversion.contract.ProofBuilder;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import dev.schemaversion.runner.snapshot.Outside;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.snapshot.comparison.Difference;
import dev.schemaversion.runner.snapshot.postgres.RoundTrip;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares a schema with the versions that the migrations build. Equality proves a class of
 * versions: migrations that only change rows leave the schema as it was.
 */
public final class Prover {
  private static final int SHOWN = 10;

  private final Found found;
  private final Acceptance acceptance;
  private final Duration patience;
  private final InstantSource clock;
  private final Consumer<String> log;

  /**
   * A prover of one schema.
   *
   * @param found the schema
   * @param patience how long to search for equal or nearer versions, once it is known how the
   *     schema compares with the claimed one
   * @param log where the progress and the whole difference go, line by line
   */
  public Prover(
      Found found,
      Acceptance acceptance,
      Duration patience,
      InstantSource clock,
      Consumer<String> log) {
    this.found = found;
    this.acceptance = acceptance;
    this.patience = patience;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Compares with the claimed version.
   *
   * @param version as the replay spells it
   * @return equal, accepted, different or unprovable; the last two name what to accept
   * @throws Unprovable if the claimed version cannot be built and that is not accepted
   */
  public Proof claim(String version, Replay replay) throws SQLException {
    var walk = walk(version);
    try {
      replay.run(walk);
    } catch (Unprovable e) {
      if (walk.claimed() == null) {
        return unprovable(version, e);
      }
      notFurther(e);
    } catch (ScratchUnavailable e) {
      if (walk.claimed() == null) {
        throw e;
      }
      notFurther(e);
    }
    if (walk.claimed() == null) {
      throw new IllegalStateException("the replay has no version " + version);
    }
    try {
      findNearest(walk, replay);
    } catch (Unprovable | ScratchUnavailable e) {
      notFurther(e);
    }
    return proof(version, walk.claimed(), walk.outside(), walk.matches());
  }

  /**
   * Searches for the version that the schema equals, or else the nearest one. No version is
   * claimed.
   */
  public Proof search(Replay replay) throws SQLException {
    var walk = walk(null);
    try {
      replay.run(walk);
    } catch (Unprovable e) {
      notFurther(e);
    }
    try {
      findNearest(walk, replay);
    } catch (Unprovable e) {
      notFurther(e);
    }
    return ProofBuilder.builder()
        .verdict(Verdict.Unprovable)
        .equalVersions(walk.matches().equal())
        .nearest(walk.matches().nearest())
        .nearestDifferences(walk.matches().nearestDifferences())
        .ignored(found.ignored())
        .build();
  }

  private VersionWalk walk(String claim) {
    return new VersionWalk(claim, found, patience, clock, log);
  }

  /** Reads what was passed over and may be the nearest version. */
  private static void findNearest(VersionWalk walk, Replay replay) throws SQLException {
    if (walk.needsSecondWalk()) {
      replay.run(walk.secondWalk());
    }
  }

  private void notFurther(RuntimeException why) {
    log.accept("later versions are not compared: " + why.getMessage());
  }

  /** Compares with one version that is built already. */
  public Proof with(String version, Snapshot expected, RoundTrip trip) throws SQLException {
    return proof(
        version,
        trip.settle(found.compare(expected)),
        expected.header().outside(),
        VersionMatches.NONE);
  }

  /**
   * The version cannot be built, which may be accepted too.
   *
   * @throws Unprovable if it is not
   */
  public Proof unprovable(String version, Unprovable why) {
    var line = List.of(why.normalised());
    var accepted = acceptance.of(version, line);
    if (accepted.isEmpty()) {
      throw why.about(version);
    }
    log.accept("accepted, although unprovable: " + why.getMessage());
    return ProofBuilder.builder()
        .verdict(Verdict.Accepted)
        .version(version)
        .reason(why.outcome().reason())
        .differences(1)
        .first(line)
        .digest(Acceptance.digest(version, line))
        .accepted(accepted.get())
        .ignored(found.ignored())
        .basis(found.basis(found.schema().header().outside()))
        .build();
  }

  private Proof proof(
      String version, Comparison comparison, Outside outside, VersionMatches matches) {
    comparison.notes().forEach(note -> log.accept("note, does not count: " + note));
    var differences = comparison.differences();
    if (differences.isEmpty()) {
      return ProofBuilder.builder()
          .verdict(Verdict.Equal)
          .version(version)
          .equalVersions(matches.equal().isEmpty() ? List.of(version) : matches.equal())
          .ignored(found.ignored())
          .basis(found.basis(outside))
          .build();
    }
    log.accept("objects that differ from version " + version + ": " + differences.size());
    differences.forEach(difference -> log.accept(difference.toString()));
    var lines = differences.stream().map(Difference::normalised).toList();
    var accepted = acceptance.of(version, lines);
    boolean isNearer = matches.areNearer(differences.size());
    return ProofBuilder.builder()
        .verdict(accepted.isPresent() ? Verdict.Accepted : Verdict.Different)
        .version(version)
        .equalVersions(matches.equal().isEmpty() ? null : matches.equal())
        .nearest(isNearer ? matches.nearest() : null)
        .nearestDifferences(isNearer ? matches.nearestDifferences() : null)
        .differences(differences.size())
        .first(first(differences))
        .digest(lines.size() > Acceptance.MOST ? null : Acceptance.digest(version, lines))
        .accepted(accepted.orElse(null))
        .ignored(found.ignored())
        .basis(accepted.isPresent() ? found.basis(outside) : null)
        .build();
  }

  /** The first differences; what is accepted already comes last, for it refuses nothing. */
  private List<String> first(List<Difference> differences) {
    return differences.stream()
        .sorted(Comparator.comparing(difference -> acceptance.covers(difference.normalised())))
        .limit(SHOWN)
        .map(Difference::toString)
        .toList();
  }
}
