package dev.schemaversion.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** Many stories by chance, always the same ones. */
class RandomClustersTest {
  private static final int STORIES = 100;
  private static final int EVENTS = 40;

  @Test
  void whateverHappensTheStatusIsTrueAndTheOperatorComesToRest() {
    int ready = 0;
    for (int seed = 0; seed < STORIES; seed++) {
      var universe = new RandomCluster(seed);
      for (int i = 0; i < EVENTS; i++) {
        assertThatCode(universe::happens)
            .as("story %d, event %d", seed, i)
            .doesNotThrowAnyException();
        ready += universe.ready() ? 1 : 0;
      }
    }
    // Else nothing would have been shown.
    assertThat(ready).isGreaterThan(STORIES);
  }
}
