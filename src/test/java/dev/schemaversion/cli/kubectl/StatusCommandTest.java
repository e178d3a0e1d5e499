package dev.schemaversion.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
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
  void theTreeHasJobsAndWorkloadsAndWhoWaitsForWhatSinceWhen() {
    plugin.create(SomeObjects.SYNCING);

    var status = plugin.run("status", "glance");

    assertThat(status.err()).isEmpty();
    assertThat(status.out())
        .isEqualTo(
            """
            glance/glance: at 13, wants 14
            ├─ Not ready for 12m: SyncRunning
            │  └─ Job glance-sync-1a2b3c4d-1 migrates to 14
            ├─ Jobs
            │  ├─ glance-sync-1a2b3c4d-1   sync   Running for 105s
            │  └─ glance-sync-00aa00aa-1   sync   Succeeded 26m ago, took 2m10s
            ├─ Workloads, 2 held
            │  ├─ Deployment glance-registry   needs 14      2/2 ready   held for 12m: waits until glance is higher (VersionTooLow)
            │  ├─ Job import                   needs 14-15               held for 60s: waits until glance is higher (VersionTooLow)
            │  └─ StatefulSet cache            needs 9-14    3/3 ready   released
            └─ Warnings
               └─ 10m ago JobRefused: the API server rejects Job glance-sync-1a2b3c4d-1: exceeded quota
            """);
    assertThat(status.exit()).isZero();
  }
}
