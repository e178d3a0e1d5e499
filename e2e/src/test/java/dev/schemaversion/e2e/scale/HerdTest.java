package dev.schemaversion.e2e.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Extended;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Many SchemaVersions that are applied at once: the limits of Jobs hold at any time, the oldest are
 * first, and a restart of the operator changes neither.
 */
@Extended
@Isolated("the order of Jobs is measured")
@ExtendWith(ApiServer.OfTheClass.class)
class HerdTest {
  private static final boolean FULL = System.getProperty("scale", "").equals("full");
  private static final Duration PATIENCE = Duration.ofMinutes(FULL ? 10 : 2);
  private static final int HERD = FULL ? 400 : 40;
  private static final int LIMIT = 4;

  /**
   * As many resources are reconciled at the same time, so they may begin to wait, and get their
   * places, in another order.
   */
  private static final int MAX_DISPLACEMENT = 10;

  @Test
  void aHerdIsWorkedOffWithinTheLimitsAndTheOldestAreFirst(ApiServer server) {
    var resources = new SchemaVersions(server, "herd");
    var released = new CountDownLatch(1);
    try (var jobs = new WatchedJobs(server.client(), server.namespace("herd"));
        var player = new JobPlayer(server.client(), server.api(), endingAfter(released))) {
      try (var operator = start(server, "herd")) {
        for (var name : names()) {
          resources.create(name);
        }
        await("all others wait")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(1))
            .until(
                () ->
                    names().stream().filter(name -> waits(resources, name)).count()
                        == HERD - LIMIT);
        assertThat(operator.exitCode()).as("exit code; see " + operator.log()).isEmpty();
      }
      try (var operator = start(server, "herd-restarted")) {
        var begun = Instant.now();
        released.countDown();
        await("all are at their version")
            .atMost(PATIENCE)
            .until(() -> resources.atVersion() == HERD);
        System.out.printf(
            "%d SchemaVersions, at most %d Jobs at the same time: all at their version after %d ms%n",
            HERD, LIMIT, Duration.between(begun, Instant.now()).toMillis());
        assertThat(operator.exitCode()).as("exit code; see " + operator.log()).isEmpty();
      }
      assertThat(player.failure()).isEmpty();
      assertThat(jobs.most()).as("Jobs at the same time").isEqualTo(LIMIT);
      assertThat(jobs.resources()).as("one Job each").containsExactlyInAnyOrderElementsOf(names());
      oldestFirst(jobs.resources());
    }
  }

  private static OperatorProcess start(ApiServer server, String name) {
    var operator =
        OperatorProcess.start(
            name,
            server.proxy().address(),
            ShippedOperator.read().memoryLimit(),
            Map.of("SCHEMAVERSION_MAX_JOBS", Integer.toString(LIMIT)));
    operator.awaitReady(PATIENCE);
    return operator;
  }

  /** The first ones got their places as they were created, and others after them in their turn. */
  private static void oldestFirst(List<String> created) {
    var byAge = names();
    for (int i = LIMIT; i < HERD; i++) {
      assertThat(created.indexOf(byAge.get(i)))
          .as("place of %s among %s", byAge.get(i), created)
          .isBetween(i - MAX_DISPLACEMENT, i + MAX_DISPLACEMENT);
    }
  }

  private static boolean waits(SchemaVersions resources, String name) {
    return resources.condition(name, "Ready").equals("False JobQueued");
  }

  /** Their order is that of their creation. */
  private static List<String> names() {
    return IntStream.range(0, HERD).mapToObj("herd-%03d"::formatted).toList();
  }

  private static Script endingAfter(CountDownLatch released) {
    var proven = Script.everythingProven();
    return request -> {
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return proven.end(request);
    };
  }
}
