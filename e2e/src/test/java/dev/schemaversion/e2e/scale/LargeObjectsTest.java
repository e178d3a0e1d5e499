package dev.schemaversion.e2e.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Labelled objects of the largest size do not exhaust the memory of the operator. */
@Isolated("memory is measured")
@ExtendWith(ApiServer.OfTheClass.class)
class LargeObjectsTest {
  private static final boolean FULL = System.getProperty("scale", "").equals("full");
  private static final Duration PATIENCE = Duration.ofMinutes(FULL ? 30 : 4);
  private static final int PODS = FULL ? 200 : 40;
  private static final int RESOURCES = FULL ? 50 : 5;
  private static final int REQUIRING_MUCH = FULL ? 500 : 20;

  @Test
  void objectsOfTheLargestSizeNeitherKillNorStarve(ApiServer server) {
    var large = new SchemaVersions(server, "large");
    var pods = new Workloads(server, "large");
    Api.each(PODS, i -> pods.pod("pod-" + i, "absent", Large.labels(), Large.annotations()));
    Api.each(
        RESOURCES,
        i ->
            large.create(
                "large-" + i,
                Map.of("labels", Large.labels(), "annotations", Large.annotations())));
    Api.each(
        REQUIRING_MUCH,
        i -> pods.pod("requiring-" + i, "absent", Map.of(), Large.requirements(200)));
    var small = new SchemaVersions(server, "small");
    small.create("small");

    try (var player = new JobPlayer(server.client(), server.api(), Script.everythingProven());
        var operator = OperatorProcess.start("large-objects", server.proxy().address())) {
      double seconds = operator.secondsToReady(PATIENCE);
      await("the small one is at its version, beside the large")
          .atMost(PATIENCE)
          .until(() -> !operator.running() || small.atVersion() == 1);
      await("and so are the large")
          .atMost(PATIENCE)
          .until(() -> !operator.running() || large.atVersion() == RESOURCES);
      System.out.printf(
          "%d pods and %d SchemaVersions of the largest size: ready after %.1f s, RSS %.1f MiB, peak %.1f MiB%n",
          PODS, RESOURCES, seconds, operator.residentMiB(), operator.peakMiB());

      assertThat(operator.exitCode()).as("exit code; see " + operator.log()).isEmpty();
      assertThat(operator.ready()).isTrue();
      assertThat(operator.peakMiB())
          .isLessThan(ShippedOperator.read().memoryLimit() / (double) (1 << 20));
      assertThat(player.failure()).isEmpty();
    }
  }
}
