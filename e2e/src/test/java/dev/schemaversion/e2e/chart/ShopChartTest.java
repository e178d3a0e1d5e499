package dev.schemaversion.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.clients.Clients;
import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sample of a chart with a program, its migrations and its SchemaVersion. */
@ExtendWith(OnCluster.class)
class ShopChartTest {
  private static final String CHART =
      Checkout.root().resolve("deploy/samples/gitops/helm").toString();

  @EachHelm
  void theProgramWaitsForTheVersionThatTheChartsMigrationsReach(int major, Cluster cluster) {
    var helm = Clients.helm(major, cluster, "shop");
    assertThat(helm.run("lint", "--strict", CHART)).contains("0 chart(s) failed");

    var objects = Chart.objects(helm.run("template", "shop", CHART));

    var migrations = (ConfigMap) objects.get("ConfigMap shop-migrations");
    var resource = (GenericKubernetesResource) objects.get("SchemaVersion shop");
    String version = resource.get("spec", "version");
    assertThat(migrations.getData().keySet())
        .hasSize(Integer.parseInt(version))
        .anyMatch(file -> file.startsWith("V" + version + "__"));
    assertThat(resource.<String>get("spec", "migrations", "configMapRefs", 0, "name"))
        .isEqualTo("shop-migrations");
    var template = ((Deployment) objects.get("Deployment shop")).getSpec().getTemplate();
    assertThat(template.getMetadata().getAnnotations())
        .containsEntry("schemaversion.dev/min-version", version);
    assertThat(template.getMetadata().getLabels())
        .containsEntry("schemaversion.dev/requires", "shop");
  }
}
