package dev.schemaversion.e2e.bench.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final Moment CREATED = new Moment("Job created", Part.REACTION, 100);
  private static final Moment SEEN = new Moment("container seen started", null, 900);
  private static final Moment STARTED = new Moment("first line", Part.START, 700);
  private static final Moment RAN = new Moment("last line", Part.MIGRATION, 1500);
  private static final Moment RUNS = new Moment("program runs", Part.PROGRAM, 2000);

  @Test
  void momentsAreSortedAndEndWithTheOneThatWasAwaited() {
    var before = new Moment("log of an earlier Job", Part.MIGRATION, -5);
    var after = new Moment("Ready", Part.REACTION, 2001);

    var timeline =
        Timeline.until(RUNS, Stream.of(RUNS, after, RAN, SEEN, before, CREATED, STARTED));

    assertThat(timeline.moments()).containsExactly(CREATED, STARTED, SEEN, RAN, RUNS);
    assertThat(timeline.millis()).isEqualTo(2000);
  }

  @Test
  void thePartsAddUpToTheWholeAndWhatHappensBesideIsNotCounted() {
    var timeline = Timeline.until(RUNS, Stream.of(CREATED, STARTED, SEEN, RAN, RUNS));

    assertThat(timeline.parts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                Part.REACTION, 100L,
                Part.START, 600L,
                Part.MIGRATION, 800L,
                Part.PROGRAM, 500L));
    assertThat(timeline.parts().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(timeline.millis());
  }
}
