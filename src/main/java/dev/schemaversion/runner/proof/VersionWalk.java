package dev.schemaversion.runner.proof;

import dev.schemaversion.runner.snapshot.CannotReadCatalog;
import dev.schemaversion.runner.snapshot.Outside;
import dev.schemaversion.runner.snapshot.SchemaBusy;
import dev.schemaversion.runner.snapshot.Witness;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.snapshot.comparison.Witnesses;
import dev.schemaversion.runner.snapshot.postgres.RoundTrip;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares a schema with the versions of a replay, until it takes too long, and remembers the
 * claimed version, the equal ones and the nearest one. A version that certainly differs is not
 * read. A second walk reads those of them that may be the nearest.
 */
final class VersionWalk implements Replay.Visitor {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

  /** With fewer witnesses, reading finds new ones, which last longer. */
  private static final int ENOUGH_WITNESSES = 2;

  private final String claim;
  private final Found found;
  private final Duration patience;
  private final InstantSource clock;
  private final Consumer<String> log;
  private final Ranking ranking = new Ranking();
  private List<Witness> witnesses = List.of();
  private Comparison claimed;
  private Outside outside;
  private Instant enough;
  private Instant logged;
  private int seen;

  /**
   * A walk through one replay.
   *
   * @param claim the claimed version, which is always compared; null if none is claimed
   * @param patience how long to go on after the claimed version, or from the beginning
   */
  VersionWalk(
      String claim, Found found, Duration patience, InstantSource clock, Consumer<String> log) {
    this.claim = claim;
    this.found = found;
    this.patience = patience;
    this.clock = clock;
    this.log = log;
    this.logged = clock.instant();
    this.enough = claim == null ? clock.instant().plus(patience) : null;
  }

  /** How the schema compares with the claimed version; null if that was not built. */
  Comparison claimed() {
    return claimed;
  }

  /** What was compared outside the schemas with the claimed version. */
  Outside outside() {
    return outside;
  }

  /** The versions that match best. */
  VersionMatches matches() {
    return ranking.matches();
  }

  @Override
  public boolean built(String version, Replay.Built built) throws SQLException {
    if (version.equals(claim)) {
      claimed = noted(compare(version, built), built);
      enough = clock.instant().plus(patience);
    } else if (!isPassedOver(version, built)) {
      compare(version, built);
    }
    return !isEnough(version);
  }

  /** Whether versions were passed over that may be the nearest. */
  boolean needsSecondWalk() {
    return ranking.open() > 0;
  }

  /** Compares with the versions that may be the nearest, in another run of the same replay. */
  Replay.Visitor secondWalk() {
    log.accept("reading " + ranking.open() + " versions that may be the nearest");
    enough = claim == null ? clock.instant().plus(patience) : null;
    seen = 0;
    return (version, built) -> {
      if (ranking.isOpen(version)) {
        compare(version, built);
      }
      if (version.equals(claim)) {
        enough = clock.instant().plus(patience);
      }
      return needsSecondWalk() && !isEnough(version);
    };
  }

  private boolean isPassedOver(String version, Replay.Built built) throws SQLException {
    if (witnesses.isEmpty()) {
      return false;
    }
    var confirmed = built.confirmed(witnesses);
    if (confirmed.size() < Math.min(ENOUGH_WITNESSES, witnesses.size())) {
      return false;
    }
    witnesses = List.copyOf(confirmed);
    ranking.passOver(version, Witnesses.differences(confirmed));
    return true;
  }

  private Comparison compare(String version, Replay.Built built) throws SQLException {
    var schema = built.read();
    var comparison = found.compare(schema);
    // What a round trip cannot settle stays; so many others need not be settled to be farther.
    if (version.equals(claim) || RoundTrip.certain(comparison) <= ranking.fewest()) {
      comparison = built.trip().settle(comparison);
    }
    ranking.add(version, comparison.differences().size());
    witnesses = Witnesses.of(schema, found.schema(), comparison.differences());
    if (version.equals(claim)) {
      outside = schema.header().outside();
    }
    return comparison;
  }

  /** Adds what is reported and does not count. An error while that is read ends nothing. */
  private Comparison noted(Comparison comparison, Replay.Built built) {
    try {
      return comparison.withNotes(built.trip().notes(), found.notes());
    } catch (SQLException | SchemaBusy | CannotReadCatalog e) {
      log.accept("what does not count cannot be read: " + e.getMessage());
      return comparison;
    }
  }

  private boolean isEnough(String version) {
    seen++;
    var now = clock.instant();
    if (Duration.between(logged, now).compareTo(BETWEEN_LINES) >= 0) {
      logged = now;
      log.accept("built " + seen + " versions, now at " + version);
    }
    if (enough == null || now.isBefore(enough)) {
      return false;
    }
    log.accept("versions after " + version + " are not compared: it would take too long");
    return true;
  }
}
