package dev.schemaversion.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tree of a resource, from what the API server lists. */
@EnableKubernetesMockClient(crud = true, https = false)
class StatusCommandTest {
  KubernetesMockServer server;
  private Plugin plugin;

  @BeforeEach
  void connect() {
    plugin = new Plugin(server);
  }

  @Test
  void theTreeIsMadeOfWhatTheApiServerLists() {
    plugin.create(SomeObjects.SYNCING);

    var status = plugin.run("status", "glance");

    assertThat(status.err()).isEmpty();
    assertThat(status.exit()).isZero();
    assertThat(status.out())
        .startsWith("glance/glance: at 13, wants 14\n├─ Not ready for 12m: SyncRunning\n")
        .contains("glance-sync-1a2b3c4d-1   sync   Running for 105s\n")
        .contains("Workloads, 2 held\n")
        .contains("Deployment glance-registry   needs 14      2/2 ready   held for 12m")
        .contains("StatefulSet cache            needs 9-14    3/3 ready   released\n")
        .contains("JobRefused: the API server rejects Job")
        .doesNotContain("keystone", "JobCreated");
  }

  @Test
  void withoutANameAllResourcesOfTheNamespaceAreShown() {
    plugin.create(SomeObjects.resource("", "{}"));
    plugin.create(SomeObjects.resource("", "{}").replace("name: glance,", "name: apart,"));
    plugin.create(
        SomeObjects.resource("", "{}").replace("namespace: glance,", "namespace: other,"));

    assertThat(heads(plugin.run("status")))
        .containsExactly(
            "glance/apart: no proven version, wants 14",
            "glance/glance: no proven version, wants 14");
    assertThat(heads(plugin.run("status", "-n", "other")))
        .containsExactly("other/glance: no proven version, wants 14");
    assertThat(heads(plugin.run("status", "-A"))).hasSize(3);
  }

  private static List<String> heads(Plugin.Result status) {
    return status.out().lines().filter(line -> line.contains(", wants ")).toList();
  }
}
