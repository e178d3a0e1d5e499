package dev.schemaversion.runner.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ranks the versions of a replay by how many objects differ. Of equally near ones the first counts.
 * A version that is passed over differs, and only a lower bound of the differences is known.
 */
final class Ranking {
  private record Passed(int position, int least) {}

  private final Map<String, Passed> passed = new LinkedHashMap<>();
  private final List<String> equal = new ArrayList<>();
  private int seen;
  private String nearest;
  private int nearestAt;
  private int fewest = Integer.MAX_VALUE;

  /** Notes that at least so many objects differ from the next version. */
  void passOver(String version, int least) {
    passed.put(version, new Passed(seen++, least));
  }

  /** Notes how many objects differ from the next version, or from one that was passed over. */
  void add(String version, int differences) {
    var before = passed.remove(version);
    int position = before == null ? seen++ : before.position();
    if (differences == 0) {
      equal.add(version);
    }
    if (differences < fewest || (differences == fewest && position < nearestAt)) {
      fewest = differences;
      nearest = version;
      nearestAt = position;
    }
  }

  /** Whether a version was passed over and may be the nearest. */
  boolean isOpen(String version) {
    return passed.containsKey(version) && mayBeNearest(passed.get(version));
  }

  /** How many versions were passed over and may be the nearest. */
  long open() {
    return passed.values().stream().filter(this::mayBeNearest).count();
  }

  private boolean mayBeNearest(Passed version) {
    return version.least() < fewest
        || (version.least() == fewest && version.position() < nearestAt);
  }

  /** How many objects differ from the nearest version. */
  int fewest() {
    return fewest;
  }

  /** The versions that match best. */
  VersionMatches matches() {
    return new VersionMatches(equal, nearest, fewest);
  }
}
