package dev.schemaversion.e2e.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** A namespace with many SchemaVersions does not delay the SchemaVersions of other namespaces. */
@Isolated("the order of requests is measured")
@ExtendWith(ApiServer.OfTheClass.class)
class FairnessTest {
  private static final boolean FULL = System.getProperty("scale", "").equals("full");
  private static final Duration PATIENCE = Duration.ofMinutes(FULL ? 10 : 2);
  private static final int CROWD = FULL ? 5_000 : 400;

  /** As many as are in work at the same time, twice. */
  private static final int MOST_BEFORE = 100;

  @Test
  void aResourceOfAnotherNamespaceIsNotDelayed(ApiServer server) {
    var proxy = server.proxy();
    var alone = new SchemaVersions(server, "alone");
    var crowd = new SchemaVersions(server, "crowd");
    var other = new SchemaVersions(server, "other");
    try (var player = new JobPlayer(server.client(), server.api(), Script.unreachable());
        var operator = OperatorProcess.start("fairness", proxy.address())) {
      operator.awaitReady(PATIENCE);
      var begun = Instant.now();
      alone.create("alone");
      var inEmptyCluster = Duration.between(begun, firstJob(proxy, "alone"));

      Api.each(CROWD, i -> crowd.create("crowd-" + i));
      await("the crowd is being worked on")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> proxy.log().first(createsJobIn("crowd")).isPresent());
      var created = Instant.now();
      long earlier = proxy.log().countBefore(created, createsJobIn("crowd"));
      other.create("other");
      var first = firstJob(proxy, "other");
      long before = proxy.log().countBefore(first, createsJobIn("crowd")) - earlier;
      System.out.printf(
          "the first Job after %d ms in an empty cluster, after %d ms beside %d SchemaVersions that fail at once; %d of their Jobs came between, after %d%n",
          inEmptyCluster.toMillis(),
          Duration.between(created, first).toMillis(),
          CROWD,
          before,
          earlier);

      assertThat(before).as("Jobs of the crowd before the other's first").isLessThan(MOST_BEFORE);
      assertThat(operator.exitCode()).as("exit code; see " + operator.log()).isEmpty();
      assertThat(player.failure()).isEmpty();
    }
  }

  private static Instant firstJob(ApiServerProxy proxy, String namespace) {
    return await("the first Job in " + namespace)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> proxy.log().first(createsJobIn(namespace)), Optional::isPresent)
        .orElseThrow();
  }

  private static Predicate<ApiRequest> createsJobIn(String namespace) {
    return request ->
        request.is("create") && request.about("jobs") && request.namespace().equals(namespace);
  }
}
