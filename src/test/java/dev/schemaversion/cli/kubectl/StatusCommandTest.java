package dev.schemaversion.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.EventListBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tree of a resource, from what the API server lists. */
@EnableKubernetesMockClient(crud = true, https = false)
class StatusCommandTest {
  private static final String EVENTS =
      "/api/v1/namespaces/glance/events?fieldSelector=involvedObject.kind%3DSchemaVersion%2CinvolvedObject.name%3Dglance";

  KubernetesMockServer server;
  private Plugin plugin;

  @BeforeEach
  void connect() {
    plugin = new Plugin(server);
  }

  @Test
  void theTreeIsMadeOfWhatTheApiServerLists() {
    plugin.create(SomeObjects.SYNCING);
    // The mocked server selects by no field of an Event.
    server.expect().get().withPath(EVENTS).andReturn(200, warning()).always();

    var status = plugin.run("status", "glance");

    assertThat(status.err()).isEmpty();
    assertThat(status.exit()).isZero();
    assertThat(status.out())
        .startsWith("glance/glance: at 13, wants 14\n├─ Not ready for 12m: SyncRunning\n")
        .contains("glance-sync-1a2b3c4d-1   sync   Running for 105s\n")
        .contains("Workloads, 2 held\n")
        .contains("Deployment glance-registry   needs 14      2/2 ready   held for 12m")
        .contains("StatefulSet cache            needs 9-14    3/3 ready   released\n")
        .contains("10m ago JobRefused: the API server rejects Job")
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

  private static EventList warning() {
    return new EventListBuilder()
        .addNewItem()
        .withNewMetadata()
        .withName("glance.1")
        .withNamespace("glance")
        .endMetadata()
        .withType("Warning")
        .withReason("JobRefused")
        .withMessage("the API server rejects Job glance-sync-1a2b3c4d-1: exceeded quota")
        .withNewInvolvedObject()
        .withName("glance")
        .endInvolvedObject()
        .withNewEventTime("2026-03-01T12:20:00.000000Z")
        .endItem()
        .build();
  }

  private static List<String> heads(Plugin.Result status) {
    return status.out().lines().filter(line -> line.contains(", wants ")).toList();
  }
}
