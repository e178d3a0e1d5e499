package dev.schemaversion.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the chart renders for Prometheus and Grafana. */
@ExtendWith(OnCluster.class)
class MonitoringRenderTest {
  @EachHelm
  void aServiceMonitorScrapesTheMetricsOfEachReplica(int major, Cluster cluster) {
    var rendered =
        Chart.rendered(
            major,
            cluster,
            "--set=serviceMonitor.enabled=true,serviceMonitor.interval=1m",
            "--set=serviceMonitor.labels.release=prometheus");

    var monitor = rendered.get("ServiceMonitor " + Chart.NAME);
    assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "prometheus");
    var spec = Serialization.jsonMapper().valueToTree(monitor).get("spec");
    assertThat(spec.at("/endpoints/0/interval").asText()).isEqualTo("1m");
    assertThat(spec.at("/endpoints/0/path").asText()).isEqualTo("/q/metrics");
    // Otherwise Prometheus takes the operator's namespace for that of each resource.
    assertThat(spec.at("/endpoints/0/honorLabels").asBoolean()).isTrue();

    var service = (Service) rendered.get("Service " + Chart.NAME + "-metrics");
    var labels =
        Serialization.jsonMapper().convertValue(spec.at("/selector/matchLabels"), Map.class);
    assertThat(service.getMetadata().getLabels()).isEqualTo(labels);
    assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
    var port = service.getSpec().getPorts().getFirst();
    assertThat(port.getName()).isEqualTo(spec.at("/endpoints/0/port").asText());
    var template = ((Deployment) rendered.get("Deployment " + Chart.NAME)).getSpec().getTemplate();
    assertThat(template.getMetadata().getLabels())
        .containsAllEntriesOf(service.getSpec().getSelector());
    assertThat(template.getSpec().getContainers().getFirst().getPorts())
        .extracting("name")
        .contains(port.getTargetPort().getStrVal());
  }

  @EachHelm
  void aPodMonitorLeavesTheNamespaceOfASeriesAsItIs(int major, Cluster cluster) {
    var monitor =
        Chart.rendered(major, cluster, "--set", "podMonitor.enabled=true")
            .get("PodMonitor " + Chart.NAME);

    var spec = Serialization.jsonMapper().valueToTree(monitor).get("spec");
    assertThat(spec.at("/podMetricsEndpoints/0/honorLabels").asBoolean()).isTrue();
  }

  @EachHelm
  void twoWaysToTheSameMetricsAreRefused(int major, Cluster cluster) {
    var answer =
        Chart.helm(major, cluster)
            .attempt(Chart.template("--set=podMonitor.enabled=true,serviceMonitor.enabled=true"));

    assertThat(answer.exit()).isNotZero();
    assertThat(answer.err()).contains("podMonitor.enabled").contains("serviceMonitor.enabled");
  }

  @EachHelm
  void theDashboardIsRenderedAsItIs(int major, Cluster cluster) throws IOException {
    var dashboard =
        (ConfigMap)
            Chart.rendered(
                    major,
                    cluster,
                    "--set=grafanaDashboard.enabled=true,grafanaDashboard.labels.team=db")
                .get("ConfigMap " + Chart.NAME + "-dashboard");

    assertThat(dashboard.getMetadata().getLabels())
        .containsEntry("grafana_dashboard", "1")
        .containsEntry("team", "db");
    assertThat(dashboard.getData())
        .containsOnlyKeys(Chart.NAME + ".json")
        .containsValue(Files.readString(Chart.folder().resolve("dashboard.json")));
  }
}
