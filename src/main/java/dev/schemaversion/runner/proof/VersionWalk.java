package dev.schemaversion.runner.proof;

import dev.schemaversion.runner.snapshot.CannotReadCatalog;
import dev.schemaversion.runner.snapshot.Outside;
import dev.schemaversion.runner.snapshot.SchemaBusy;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.snapshot.postgres.RoundTrip;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares a schema with each version of a replay, until it takes too long, and remembers the
 * claimed version, the equal ones and the nearest one.
 */
final class VersionWalk implements Replay.Visitor {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

  private final String claim;
  private final Found found;
  private final Duration patience;
  private final InstantSource clock;
  private final Consumer<String> log;
  private final List<String> equal = new ArrayList<>();
  private Comparison claimed;
  private Outside outside;
  private String nearest;
  private int fewest = Integer.MAX_VALUE;
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
    return new VersionMatches(equal, nearest, fewest);
  }

  @Override
  public boolean built(String version, Snapshot schema, RoundTrip trip) throws SQLException {
    seen++;
    var comparison = found.compare(schema);
    boolean isClaim = version.equals(claim);
    // What a round trip cannot settle stays; so many others need not be settled to be farther.
    if (isClaim || RoundTrip.certain(comparison) < fewest) {
      comparison = trip.settle(comparison);
    }
    int differences = comparison.differences().size();
    if (differences == 0) {
      equal.add(version);
    }
    if (differences < fewest) {
      fewest = differences;
      nearest = version;
    }
    if (isClaim) {
      claimed = noted(comparison, trip);
      outside = schema.header().outside();
      enough = clock.instant().plus(patience);
    }
    return !isEnough(version);
  }

  /** Adds what is reported and does not count. An error while that is read ends nothing. */
  private Comparison noted(Comparison comparison, RoundTrip trip) {
    try {
      return comparison.withNotes(trip.notes(), found.notes());
    } catch (SQLException | SchemaBusy | CannotReadCatalog e) {
      log.accept("what does not count cannot be read: " + e.getMessage());
      return comparison;
    }
  }

  private boolean isEnough(String version) {
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
