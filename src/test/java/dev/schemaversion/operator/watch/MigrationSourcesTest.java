package dev.schemaversion.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.contract.MigrationsDigest;
import dev.schemaversion.contract.MigrationsSize;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cache of ConfigMaps with migrations reads each one once, and again after a change. */
@EnableKubernetesMockClient(https = false)
class MigrationSourcesTest {
  private static final String SCRIPT = "create table images (name text default 'Größe');\n";
  private static final byte[] BYTES = {0, (byte) 0xff, 10, 13};
  private static final ResourceID ID = new ResourceID("glance-migrations", "glance");
  private static final String PATH = "/api/v1/namespaces/glance/configmaps/glance-migrations";

  KubernetesMockServer server;
  KubernetesClient client;
  private MigrationSources sources;

  @BeforeEach
  void emptyCache() {
    sources = new MigrationSources(client);
  }

  @Test
  void theDigestEqualsThatOfTheFilesMountedInTheRunner() {
    answer(source("7"));
    var files =
        Map.of(
            "V001__images.sql", SCRIPT.getBytes(StandardCharsets.UTF_8), "V002__more.sql", BYTES);

    var read = sources.read(ID).orElseThrow();
    assertThat(read.digest()).isEqualTo(MigrationsDigest.ofSource(files));
    assertThat(read.size()).isEqualTo(MigrationsSize.of(files));
  }

  @Test
  void anEmptyConfigMapHasADigest() {
    answer(new ConfigMapBuilder(source("7")).withData(null).withBinaryData(null).build());

    assertThat(sources.read(ID).orElseThrow().digest())
        .isEqualTo(MigrationsDigest.ofSource(Map.of()));
  }

  @Test
  void aConfigMapIsReadOnceAndAgainAfterAChange() {
    answer(source("7"));
    answer(source("8"));

    assertThat(sources.read(ID)).isEqualTo(sources.read(ID));
    assertThat(sources.invalidateIfChanged(ID, "7")).isFalse();
    assertThat(sources.read(ID).orElseThrow().resourceVersion()).isEqualTo("7");
    assertThat(sources.invalidateIfChanged(ID, "8")).isTrue();
    assertThat(sources.read(ID).orElseThrow().resourceVersion()).isEqualTo("8");
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void theAbsenceOfAConfigMapIsCachedUntilItIsCreated() {
    assertThat(sources.read(ID)).isEmpty();
    assertThat(sources.read(ID)).isEmpty();
    assertThat(server.getRequestCount()).isOne();

    answer(source("7"));
    assertThat(sources.invalidateIfChanged(ID, "7")).isTrue();
    assertThat(sources.read(ID)).isPresent();

    assertThat(sources.invalidateIfChanged(ID, null)).isTrue();
  }

  @Test
  void aClearedCacheReadsAgain() {
    answer(source("7"));
    answer(source("9"));
    sources.read(ID);
    sources.clear();

    assertThat(sources.read(ID).orElseThrow().resourceVersion()).isEqualTo("9");
  }

  @Test
  void aResponseIsNotCachedIfAChangeArrivedDuringTheRead() {
    answer(source("8"));
    server
        .expect()
        .get()
        .withPath(PATH)
        .andReply(
            200,
            request -> {
              sources.invalidateIfChanged(ID, "8");
              return source("7");
            })
        .once();
    // The mock server answers in the order of its expectations.
    sources.read(ID);
    sources.clear();
    answer(source("8"));

    assertThat(sources.read(ID).orElseThrow().resourceVersion()).isEqualTo("7");
    assertThat(sources.read(ID).orElseThrow().resourceVersion()).isEqualTo("8");
  }

  @Test
  void aFailureIsThrownAndNotCached() {
    server.expect().get().withPath(PATH).andReturn(403, "no").once();
    answer(source("7"));

    assertThatThrownBy(() -> sources.read(ID)).isInstanceOf(KubernetesClientException.class);
    assertThat(sources.read(ID)).isPresent();
  }

  private void answer(ConfigMap source) {
    server.expect().get().withPath(PATH).andReturn(200, source).once();
  }

  private static ConfigMap source(String version) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("glance-migrations")
        .withNamespace("glance")
        .withResourceVersion(version)
        .endMetadata()
        .addToData("V001__images.sql", SCRIPT)
        .addToBinaryData("V002__more.sql", Base64.getEncoder().encodeToString(BYTES))
        .build();
  }
}
