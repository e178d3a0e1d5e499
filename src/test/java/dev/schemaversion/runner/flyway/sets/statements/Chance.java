package dev.schemaversion.runner.flyway.sets.statements;

import java.util.List;
import java.util.Random;

/** Random choices; the same seed makes the same ones. */
final class Chance {
  private final Random random;

  Chance(Random random) {
    this.random = random;
  }

  <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  boolean oneIn(int some) {
    return random.nextInt(some) == 0;
  }

  /** A number from 0 that is lower than a limit. */
  int below(int limit) {
    return random.nextInt(limit);
  }
}
