package dev.schemaversion.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.request.TlsMode;
import dev.schemaversion.desired.JobFactory;
import dev.schemaversion.desired.KnownState;
import dev.schemaversion.desired.ScratchImages;
import dev.schemaversion.runner.Engines;
import dev.schemaversion.runner.Inputs;
import dev.schemaversion.runner.engine.Target;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Secrets of deploy/samples/secrets, mounted as the Job has it and read by the runner. */
class SecretSamplesTest {
  private static final Path SAMPLES = Path.of("deploy", "samples", "secrets");
  private static final Map<String, String> TARGETS =
      Map.of(
          "cloudnative-pg", "shop at shop-rw:5432/shop",
          "crunchy", "shop at shop-primary.prod.svc:5432/shop",
          "mariadb-operator", "shop at shop-db.prod.svc:3306/shop",
          "percona-mysql", "root at shop-mysql-primary.prod.svc:3306/shop",
          "service-binding", "shop at db.example.org:5432/shop",
          "url", "shop at db.example.org:5432/shop",
          "zalando", "shop at shop-db:5432/shop");

  @TempDir Path root;

  static Stream<String> samples() throws IOException {
    try (var files = Files.list(SAMPLES)) {
      return files
          .map(file -> file.getFileName().toString().replace(".yaml", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theSecretIsRead(String sample) throws IOException {
    var read = target(sample);

    assertThat(read).hasToString(TARGETS.get(sample));
    assertThat(read.password()).isEqualTo("s3cret/with@signs");
    assertThat(read.tlsMode()).isEqualTo(sample.equals("url") ? TlsMode.Require : TlsMode.Prefer);
  }

  private Target target(String sample) throws IOException {
    var documents = Files.readString(SAMPLES.resolve(sample + ".yaml")).split("(?m)^---$", 2);
    var secret = Serialization.unmarshal(documents[0], Secret.class);
    var resource = Serialization.unmarshal(documents[1], SchemaVersion.class);
    resource.getMetadata().setNamespace("shop");
    resource.getMetadata().setUid("1");
    resource.getMetadata().setGeneration(1L);
    var factory = new JobFactory("localhost/schemaversion-operator:dev", ScratchImages.OFFICIAL);
    var pod =
        factory
            .job(resource, Step.BASELINE, 1, "sha256:" + "a1".repeat(32), KnownState.NOTHING)
            .getSpec()
            .getTemplate()
            .getSpec();
    mount(secret, pod);
    var request =
        Codec.readRequest(
            pod.getContainers().getFirst().getEnv().getFirst().getValue().replace("$$", "$"));
    return Target.of(request, new Inputs(root), Engines.named(request.database().engine()));
  }

  /** As the kubelet does: keys that an optional Secret lacks are left out. */
  private void mount(Secret secret, PodSpec pod) throws IOException {
    var folder = Files.createDirectories(root.resolve(Mounts.SECRET.substring(1)));
    var items =
        pod.getVolumes().stream()
            .flatMap(volume -> Stream.ofNullable(volume.getSecret()))
            .flatMap(source -> source.getItems().stream())
            .toList();
    for (var item : items) {
      var value = secret.getStringData().get(item.getKey());
      if (value != null) {
        Files.writeString(folder.resolve(item.getPath()), value);
      }
    }
  }
}
