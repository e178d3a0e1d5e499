package dev.schemaversion.cli.kubectl.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.cli.kubectl.Plugin;
import dev.schemaversion.cli.kubectl.SomeObjects;
import dev.schemaversion.cli.kubectl.cluster.Cluster;
import dev.schemaversion.cli.kubectl.view.page.ResourceView;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read is shared for a moment, and survives an API server that does not answer. */
@EnableKubernetesMockClient(crud = true, https = false)
class DashboardReaderTest {
  private static final String LOG =
      "/api/v1/namespaces/glance/pods/glance-sync-1a2b3c4d-1-x7k2p/log?pretty=false&container=runner";
  private static final String DRIFTED =
      """
      {proof: {verdict: Different, reason: Drifted, version: "13", differences: 2, first: ["- index a"], checkedAt: "2026-03-01T12:25:00Z"}}""";

  KubernetesMockServer server;
  KubernetesClient client;
  private Instant now = Plugin.NOW;

  @Test
  void aMomentLaterTheApiServerIsAskedAgain() {
    var plugin = new Plugin(server);
    plugin.create(SomeObjects.resource("", "{}"));
    var reader = reader();
    reader.first();
    plugin.create(SomeObjects.resource("", "{}").replace("name: glance,", "name: nova,"));

    now = now.plusSeconds(1);
    assertThat(reader.read().resources()).hasSize(1);
    now = now.plusSeconds(1);
    assertThat(reader.read().resources()).hasSize(2);
    assertThat(reader.read().readAt()).isEqualTo(now);
  }

  @Test
  void ifTheApiServerDoesNotAnswerWhatWasReadIsShownWithTheReason() {
    new Plugin(server).create(SomeObjects.SYNCING);
    var reader = reader();
    reader.first();
    server.shutdown();

    now = now.plus(Duration.ofMinutes(1));
    var shown = reader.read();

    assertThat(shown.resources()).hasSize(1);
    assertThat(shown.readAt()).isEqualTo(Plugin.NOW);
    assertThat(shown.problem()).contains("does not answer");
  }

  @Test
  void allDifferencesAreReadFromTheLogOnceForEachComparison() {
    var plugin = new Plugin(server);
    plugin.create(SomeObjects.SYNCING.replaceAll("(?s)^.*?\n---\n", ""));
    plugin.create(SomeObjects.resource("", DRIFTED));
    server
        .expect()
        .get()
        .withPath(LOG)
        .andReturn(
            200,
            "0.1 s  objects that differ from version 13: 2\n0.1 s  - index a\n0.1 s  - index b\n")
        .once();
    var reader = reader();
    reader.first();

    now = now.plusSeconds(2);

    assertThat(reader.read().resources())
        .extracting(ResourceView::differences)
        .containsExactly(List.of("- index a", "- index b"));
  }

  private DashboardReader reader() {
    client.getConfiguration().setRequestRetryBackoffLimit(0);
    InstantSource source = () -> now;
    return new DashboardReader(
        new Cluster(client, "glance"), false, source.withZone(ZoneOffset.UTC));
  }
}
