package dev.schemaversion.e2e.bench.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PodLogsTest {
  private static final Instant START = Instant.parse("2026-12-01T05:00:00.250Z");

  @Test
  void theFirstLineEndsTheStartAndIndentedLinesBelongToTheOneBefore() {
    var log =
        """
        2026-12-01T05:00:01.000000001Z 0.020 s  sync of bench/glance to version 13
        2026-12-01T05:00:01.5Z 0.520 s  two lines:
        2026-12-01T05:00:01.5Z         the second
        2026-12-01T05:00:02Z 1.020 s  outcome: Succeeded
        """;

    assertThat(PodLogs.moments("sync", log, START))
        .containsExactly(
            new Moment("log of sync: 0.020 s  sync of bench/glance to version 13", Part.START, 750),
            new Moment("log of sync: 0.520 s  two lines:", Part.MIGRATION, 1250),
            new Moment("log of sync: 1.020 s  outcome: Succeeded", Part.MIGRATION, 1750));
  }

  @Test
  void ofALongLogTheBeginningAndTheEndAreKept() {
    var log =
        IntStream.rangeClosed(1, 600)
            .mapToObj("2026-12-01T05:00:01Z line %d"::formatted)
            .collect(Collectors.joining("\n"));

    assertThat(PodLogs.moments("migrate", log, START))
        .hasSize(24)
        .extracting(Moment::name)
        .startsWith("log of migrate: line 1")
        .endsWith("log of migrate: line 600");
  }
}
