package dev.schemaversion.desired;

import static dev.schemaversion.desired.DesiredJobs.container;
import static dev.schemaversion.desired.DesiredJobs.job;
import static dev.schemaversion.desired.DesiredJobs.pod;
import static dev.schemaversion.desired.DesiredJobs.request;
import static dev.schemaversion.desired.DesiredJobs.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.Step;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is mounted into the containers of a Job, and where credentials may come in. */
class JobVolumesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-                       | uri",
        "{}                      | uri",
        "{uri: URL}              | URL",
        "{username: u}           | -",
        "{password: p}           | -",
        "{host: h}               | -",
        "{username: u, uri: URL} | URL"
      })
  void theUrlDoesNotTakeThePlaceOfAKeyThatTheResourceNames(String keys, String mounted) {
    var named = keys == null ? "" : ", keys: " + keys;
    var resource =
        Serialization.unmarshal(
            """
            metadata: {name: shop, namespace: shop, uid: u, generation: 1}
            spec:
              version: 1
              database: {engine: PostgreSQL, secretRef: {name: db%s}}
              migrations: {configMapRefs: [{name: m}]}
            """
                .formatted(named),
            SchemaVersion.class);

    assertThat(pod(job(resource, Step.SYNC)).getVolumes())
        .filteredOn(volume -> volume.getSecret() != null)
        .flatExtracting(volume -> volume.getSecret().getItems())
        .filteredOn(item -> item.getPath().equals("uri"))
        .extracting(KeyToPath::getKey)
        .isEqualTo(Stream.ofNullable(mounted).toList());
  }

  @ParameterizedTest
  @MethodSource("dev.schemaversion.desired.DesiredJobs#all")
  void onlyTheNamedKeysOfTheSecretAreMounted(Job job) {
    assertThat(pod(job).getVolumes())
        .filteredOn(volume -> volume.getSecret() != null)
        .singleElement()
        .satisfies(
            volume -> {
              assertThat(volume.getSecret().getItems())
                  .extracting(KeyToPath::getPath)
                  .startsWith("username", "password", "host", "port", "dbname", "type")
                  .isSubsetOf(
                      "username",
                      "password",
                      "host",
                      "port",
                      "dbname",
                      "type",
                      "uri",
                      "user",
                      "database");
              // Without them the runner says what is missing; the kubelet would only wait.
              assertThat(volume.getSecret().getOptional()).isTrue();
              assertThat(volume.getSecret().getDefaultMode()).isEqualTo(0440);
            });
    assertThat(container(job).getEnvFrom()).isEmpty();
    assertThat(container(job).getEnv())
        .singleElement()
        .satisfies(
            env -> {
              assertThat(env.getName()).isEqualTo(Mounts.REQUEST);
              assertThat(env.getValueFrom()).isNull();
              // It says nothing of where credentials come from either.
              assertThat(env.getValue())
                  .doesNotContainIgnoringCase("secret")
                  .doesNotContain("passw");
            });
  }

  @ParameterizedTest
  @MethodSource("dev.schemaversion.desired.DesiredJobs#all")
  void allMountsHaveVolumesAndAreReadOnly(Job job) {
    var mounts = container(job).getVolumeMounts();

    assertThat(mounts)
        .extracting(mount -> mount.getName())
        .containsExactlyElementsOf(
            pod(job).getVolumes().stream()
                .map(Volume::getName)
                .filter(name -> !name.startsWith("scratch") && !name.equals("tool-tmp"))
                .toList());
    assertThat(mounts)
        .filteredOn(mount -> !mount.getMountPath().equals("/tmp"))
        // By these the runner gives orders.
        .filteredOn(mount -> !mount.getName().startsWith("tool"))
        .allSatisfy(mount -> assertThat(mount.getReadOnly()).isTrue());
    var request = request(job);
    assertThat(mounts)
        .filteredOn(
            mount -> mount.getMountPath().startsWith(Mounts.migrations(0).replaceAll("0$", "")))
        .hasSize(request.migrationSources());
  }

  @ParameterizedTest
  @MethodSource("dev.schemaversion.desired.DesiredJobs#all")
  void noOtherContainerThanTheRunnerMountsMoreThanTemporaryFolders(Job job) {
    var temporary =
        pod(job).getVolumes().stream()
            .filter(volume -> volume.getEmptyDir() != null)
            .map(Volume::getName)
            .toList();

    assertThat(pod(job).getInitContainers())
        .allSatisfy(
            container -> {
              assertThat(container.getVolumeMounts())
                  .extracting(VolumeMount::getName)
                  .isSubsetOf(temporary);
              assertThat(container.getEnv()).isEmpty();
              assertThat(container.getEnvFrom()).isEmpty();
            });
  }
}
