package dev.schemaversion.samples;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests of the sample say the same in each place that says it. */
class GlanceManifestsTest {

  private static final String REQUIRES = "schemaversion.dev/requires";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "migrations",
        "migrations-broken",
        "migrations-fixed",
        "environment-diablo",
        "environment-diablo-auto-created",
        "environment-diablo-stamped",
        "environment-essex",
        "environment-essex-history",
        "environment-essex-no-foreign-keys",
        "environment-mariadb-diablo",
        "environment-mariadb-essex",
        "migrations-mariadb"
      })
  void everyScriptOfAFolderIsInItsConfigMap(String folder) throws IOException {
    assertThat(listed(folder)).isEqualTo(scripts(folder)).isNotEmpty();
  }

  @Test
  void theMigrationsFitIntoAConfigMap() throws IOException {
    var size = 0L;
    for (var script : scripts("migrations")) {
      size += Files.size(GlanceDatabase.MIGRATIONS.resolve(script));
    }
    assertThat(size).isLessThan(1 << 20);
  }

  @Test
  void theRegistryWaitsForTheVersionTheResourceAsksFor() throws IOException {
    var resource = only(SchemaVersion.class, "app", "schemaversion.yaml");
    var registry = only(Deployment.class, "app", "registry.yaml");
    var template = registry.getSpec().getTemplate().getMetadata();

    assertThat(resource.getSpec().version()).isEqualTo("13");
    assertThat(resource.getSpec().baselineVersion()).isEqualTo("9");
    assertThat(registry.getMetadata().getLabels()).containsEntry(REQUIRES, "glance");
    assertThat(template.getLabels()).containsEntry(REQUIRES, "glance");
    assertThat(template.getAnnotations()).containsEntry("schemaversion.dev/min-version", "13");
    assertThat(resource.getMetadata().getName()).isEqualTo("glance");
  }

  @Test
  void theUpgradeReplacesTheOldRegistryAndKeepsItsSelectorAndService() throws IOException {
    var before = only(Deployment.class, "registry-diablo", "registry.yaml");
    var after = only(Deployment.class, "app", "registry.yaml");

    assertThat(before.getMetadata().getName()).isEqualTo(after.getMetadata().getName());
    assertThat(before.getSpec().getSelector()).isEqualTo(after.getSpec().getSelector());
    assertThat(before.getSpec().getReplicas()).isEqualTo(after.getSpec().getReplicas());
    assertThat(before.getMetadata().getLabels()).doesNotContainKey(REQUIRES);
    assertThat(only(Service.class, "registry-diablo", "registry.yaml"))
        .isEqualTo(only(Service.class, "app", "registry.yaml"));
  }

  private static Set<String> scripts(String folder) throws IOException {
    try (var files = Files.list(GlanceDatabase.SAMPLE.resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".sql"))
          .collect(toSet());
    }
  }

  private static Set<String> listed(String folder) throws IOException {
    var kustomization = Serialization.unmarshal(read(folder, "kustomization.yaml"), Map.class);
    var generators = (List<?>) kustomization.get("configMapGenerator");
    var files = (List<?>) ((Map<?, ?>) generators.getFirst()).get("files");
    return files.stream().map(String::valueOf).collect(toSet());
  }

  /** The object of that kind in a file of several. */
  private static <T extends HasMetadata> T only(Class<T> type, String... path) throws IOException {
    var marker = "kind: " + HasMetadata.getKind(type) + "\n";
    return Arrays.stream(read(path).split("(?m)^---$", -1))
        .filter(document -> document.contains(marker))
        .map(document -> Serialization.unmarshal(document, type))
        .findFirst()
        .orElseThrow();
  }

  private static String read(String... path) throws IOException {
    return Files.readString(Path.of(GlanceDatabase.SAMPLE.toString(), path));
  }
}
