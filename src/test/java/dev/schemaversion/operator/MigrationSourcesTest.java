package dev.schemaversion.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.MigrationsDigest;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the operator remembers of ConfigMaps. */
class MigrationSourcesTest {
  private static final String SCRIPT = "create table images (name text default 'Größe');\n";
  private static final byte[] BYTES = {0, (byte) 0xff, 10, 13};

  private final MigrationSources sources = new MigrationSources();

  @Test
  void theDigestIsThatOfTheFilesTheRunnerFindsMounted() {
    put(source());

    assertThat(MigrationSources.digest(sources.get("glance/glance-migrations")))
        .isEqualTo(
            MigrationsDigest.ofSource(
                Map.of(
                    "V001__images.sql",
                    SCRIPT.getBytes(StandardCharsets.UTF_8),
                    "V002__more.sql",
                    BYTES)));
  }

  @Test
  void theContentIsNotKept() {
    put(source());

    assertThat(Serialization.asYaml(sources.get("glance/glance-migrations")))
        .doesNotContain("create table", "V001", "noise")
        .contains("glance-migrations", "resourceVersion: \"7\"", "uid: \"u\"");
  }

  @Test
  void anotherContentIsAnotherDigestAndAnotherLabelIsNot() {
    put(source());
    var before = MigrationSources.digest(sources.get("glance/glance-migrations"));

    var relabelled = source();
    relabelled.getMetadata().setLabels(Map.of("team", "glance"));
    put(relabelled);
    assertThat(MigrationSources.digest(sources.get("glance/glance-migrations"))).isEqualTo(before);

    var edited = source();
    edited.getData().put("V001__images.sql", SCRIPT + " ");
    put(edited);
    assertThat(MigrationSources.digest(sources.get("glance/glance-migrations")))
        .isNotEqualTo(before);
  }

  @Test
  void anEmptyConfigMapHasADigest() {
    var empty = new ConfigMapBuilder(source()).withData(null).withBinaryData(null).build();
    put(empty);

    assertThat(MigrationSources.digest(sources.get("glance/glance-migrations")))
        .isEqualTo(MigrationsDigest.ofSource(Map.of()));
  }

  @Test
  void itIsAStoreLikeAnyOther() {
    assertThat(sources.put("a", source())).isNull();
    assertThat(sources.put("a", source())).isNotNull();
    assertThat(sources.keySet()).containsExactly("a");
    assertThat(sources.values()).hasSize(1);
    assertThat(sources.size()).isOne();
    assertThat(sources.get(null)).isNull();
    assertThat(sources.remove("a")).isNotNull();
    assertThat(sources.get("a")).isNull();
    assertThat(sources.size()).isZero();
  }

  @Test
  void whatIsKeptCanBePutAgain() {
    put(source());
    var kept = sources.get("glance/glance-migrations");

    assertThat(sources.getKey(kept)).isEqualTo("glance/glance-migrations");
  }

  private void put(ConfigMap source) {
    sources.put(sources.getKey(source), source);
  }

  private static ConfigMap source() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("glance-migrations")
        .withNamespace("glance")
        .withUid("u")
        .withResourceVersion("7")
        .addToAnnotations("noise", "kubectl.kubernetes.io/last-applied-configuration")
        .endMetadata()
        .addToData("V001__images.sql", SCRIPT)
        .addToBinaryData("V002__more.sql", Base64.getEncoder().encodeToString(BYTES))
        .build();
  }
}
