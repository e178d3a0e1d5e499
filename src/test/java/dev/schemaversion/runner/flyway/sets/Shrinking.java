package dev.schemaversion.runner.flyway.sets;

import java.util.Optional;

/** Finds a smaller set with the same problem. */
final class Shrinking {
  /** More attempts would take longer than reading a larger set. */
  private static final int ATTEMPTS = 60;

  private final String kind;
  private int attempts;

  private Shrinking(String kind) {
    this.kind = kind;
  }

  /** The smallest set found that still has this kind of problem. */
  static MigrationSet smallest(MigrationSet set, SetRun.Problem problem) {
    var shrinking = new Shrinking(problem.kind());
    var smallest = set;
    for (var smaller = Optional.of(set); smaller.isPresent(); ) {
      smallest = smaller.get();
      smaller = shrinking.smaller(smallest);
    }
    return smallest;
  }

  private Optional<MigrationSet> smaller(MigrationSet set) {
    return set.smaller().stream()
        .takeWhile(candidate -> ++attempts <= ATTEMPTS)
        .filter(this::hasTheProblem)
        .findFirst();
  }

  private boolean hasTheProblem(MigrationSet candidate) {
    try {
      return SetRun.problem(candidate).filter(found -> found.kind().equals(kind)).isPresent();
    } catch (SetRun.PlainFlywayRefused e) {
      return false; // another file needs the one that was left out
    }
  }
}
