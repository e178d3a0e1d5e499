package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.clients.Clients;
import dev.schemaversion.e2e.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application's chart contains its migrations, its SchemaVersion and its Deployment. */
@Extended
@WithOperator
class HelmUpgradeTest {
  private static final String LONG = "--timeout=180s";

  @TempDir Path chart;

  @ParameterizedTest(name = "Helm {0}")
  @ValueSource(ints = {3, 4})
  @ResourceLock(value = WithOperator.OPERATOR, mode = ResourceAccessMode.READ)
  void oneUpgradeContainsMigrationAndProgramAndARollbackWorksWhileHeld(
      int major, Glance glance, Cluster cluster) throws IOException {
    var helm = Clients.helm(major, cluster, glance.namespace());
    var registry = new Registry(glance);
    glance.environment("environment");
    write(glance);

    helm.run("install", "glance", chart.toString(), "--set=is=at-13", "--wait", LONG);
    glance.await("Ready");
    glance.awaitRegistry();

    // To both a paused Deployment is none to wait for.
    helm.run("upgrade", "glance", chart.toString(), "--set=is=program-first", "--wait", LONG);
    assertThat(registry.held()).isTrue();
    assertThat(registry.available()).isEqualTo(2);

    helm.run("rollback", "glance", "1");
    assertThat(registry.held()).isFalse();

    helm.run("upgrade", "glance", chart.toString(), "--set=is=at-14", "--wait", LONG);
    if (major == 4) {
      // It waits for the SchemaVersion, whose conditions it understands.
      assertThat(glance.condition("Ready").get("status").asText()).isEqualTo("True");
      assertThat(glance.get("sv", "glance").at("/status/version").asText()).isEqualTo("14");
    }
    glance.awaitVersion("14");
    glance.await("Ready");
    glance.awaitRegistry();
    assertThat(registry.held()).isFalse();

    var generation = registry.generation();
    helm.run("upgrade", "glance", chart.toString(), "--set=is=at-14", "--wait", LONG);
    assertThat(registry.generation()).as("the same once more is no change").isEqualTo(generation);
  }

  private void write(Glance glance) throws IOException {
    Files.writeString(
        chart.resolve("Chart.yaml"), "{apiVersion: v2, name: glance, version: 1.0.0}\n");
    Files.createDirectory(chart.resolve("templates"));
    Files.writeString(chart.resolve("templates/all.yaml"), "{{ .Files.Get .Values.is }}\n");
    Files.writeString(chart.resolve("at-13"), glance.manifests("app"));
    Files.writeString(
        chart.resolve("program-first"), Registry.needing("14").apply(glance.manifests("app")));
    Files.writeString(
        chart.resolve("at-14"), Registry.needing("14").apply(glance.manifests("migrations-fixed")));
  }
}
