package dev.schemaversion.operator.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Random sequences of events, from fixed seeds. */
class RandomQueueTest {
  private static final int SEQUENCES = 300;
  private static final int EVENTS = 200;

  @Test
  void theLimitsHoldAtAnyTimeTheOldestAreFirstAndNoPlaceIsLost() {
    int created = 0;
    int waited = 0;
    for (int seed = 0; seed < SEQUENCES; seed++) {
      var herd = new RandomHerd(seed);
      for (int i = 0; i < EVENTS; i++) {
        herd.nextEvent();
      }
      created += herd.created();
      waited += herd.waited();
      herd.finishes();
    }
    // Otherwise the test would be vacuous.
    assertThat(created).isGreaterThan(SEQUENCES * 10);
    assertThat(waited).isGreaterThan(SEQUENCES * 10);
  }
}
