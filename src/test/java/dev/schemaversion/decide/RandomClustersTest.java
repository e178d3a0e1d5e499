package dev.schemaversion.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** Random sequences of events, from fixed seeds. */
class RandomClustersTest {
  private static final int SEQUENCES = 100;
  private static final int EVENTS = 40;

  @Test
  void theStatusIsTrueAfterEachEventAndTheOperatorSettles() {
    int ready = 0;
    for (int seed = 0; seed < SEQUENCES; seed++) {
      var cluster = new RandomCluster(seed);
      for (int i = 0; i < EVENTS; i++) {
        assertThatCode(cluster::nextEvent)
            .as("sequence %d, event %d", seed, i)
            .doesNotThrowAnyException();
        ready += cluster.ready() ? 1 : 0;
      }
    }
    // Otherwise the test would be vacuous.
    assertThat(ready).isGreaterThan(SEQUENCES);
  }
}
