package dev.schemaversion.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.Step;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The properties of every Job, independent of the resource. */
class JobFactoryTest {
  private static final JobFactory FACTORY =
      new JobFactory("localhost/schemaversion-operator:dev", ScratchImages.OFFICIAL);
  private static final String MIGRATIONS = "sha256:" + "a1".repeat(32);

  static Stream<Job> jobs() throws IOException {
    try (var folders = Files.list(Path.of("src", "test", "resources", "desired"))) {
      return folders
          .sorted()
          .map(folder -> resource(folder.getFileName().toString()))
          .flatMap(resource -> Stream.of(Step.values()).map(step -> job(resource, step)))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void nothingKillsARunningMigration(Job job) {
    assertThat(job.getMetadata().getOwnerReferences()).as("garbage collection").isEmpty();
    assertThat(job.getMetadata().getFinalizers()).isEmpty();
    assertThat(job.getSpec().getActiveDeadlineSeconds()).as("a deadline").isNull();
    assertThat(job.getSpec().getTtlSecondsAfterFinished()).as("a time to live").isNull();
    assertThat(pod(job).getActiveDeadlineSeconds()).as("the pod's deadline").isNull();
    assertThat(container(job).getLivenessProbe()).isNull();
    assertThat(pod(job).getTerminationGracePeriodSeconds()).isGreaterThanOrEqualTo(3600);
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void nothingStartsARunnerTwice(Job job) {
    assertThat(job.getSpec().getBackoffLimit()).isZero();
    assertThat(job.getSpec().getCompletions()).isOne();
    assertThat(job.getSpec().getParallelism()).isOne();
    assertThat(job.getSpec().getPodReplacementPolicy()).isEqualTo("Failed");
    assertThat(pod(job).getRestartPolicy()).isEqualTo("Never");
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void thePodIsRestrictedAndHasNoRights(Job job) {
    assertThat(pod(job).getAutomountServiceAccountToken()).isFalse();
    assertThat(pod(job).getServiceAccountName()).isNull();
    assertThat(pod(job).getHostNetwork()).isNull();
    assertThat(pod(job).getHostPID()).isNull();
    assertThat(pod(job).getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod(job).getSecurityContext().getRunAsUser()).isPositive();
    assertThat(pod(job).getSecurityContext().getSeccompProfile().getType())
        .isEqualTo("RuntimeDefault");
    assertThat(pod(job).getContainers()).hasSize(1);
    assertThat(containers(job))
        .extracting(Container::getSecurityContext)
        .allSatisfy(
            security -> {
              assertThat(security.getAllowPrivilegeEscalation()).isFalse();
              assertThat(security.getReadOnlyRootFilesystem()).isTrue();
              assertThat(security.getPrivileged()).isNull();
              assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
              assertThat(security.getCapabilities().getAdd()).isEmpty();
            });
    // The kinds of volumes that the restricted standard admits.
    assertThat(pod(job).getVolumes())
        .allMatch(
            v ->
                v.getEmptyDir() != null
                    || v.getSecret() != null
                    || v.getConfigMap() != null
                    || v.getImage() != null)
        .allMatch(v -> v.getHostPath() == null);
  }

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
  @MethodSource("jobs")
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
  @MethodSource("jobs")
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
  @MethodSource("jobs")
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

  @ParameterizedTest
  @MethodSource("jobs")
  void namesAndLabelsEndAtSixtyThreeCharacters(Job job) {
    assertThat(job.getMetadata().getName()).hasSizeLessThanOrEqualTo(63);
    assertThat(job.getMetadata().getLabels().values()).allMatch(value -> value.length() <= 63);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 322122547",
    "'{}', 9223372036854775807",
    "'{limits: {memory: 1Gi}}', 644245094",
    "'{limits: {memory: 100M}}', 60000000",
    "'{limits: {cpu: 1}}', 9223372036854775807",
    "'{limits: {memory: lots}}', 9223372036854775807",
  })
  void theHeapIsAFractionOfTheMemoryLimit(String resources, long heap) {
    var job = resources.isEmpty() ? "" : "resources: " + resources;
    var resource =
        Serialization.unmarshal(
            """
            apiVersion: schemaversion.dev/v1alpha1
            kind: SchemaVersion
            spec: {job: {%s}}
            """
                .formatted(job),
            SchemaVersion.class);

    assertThat(FACTORY.heap(resource)).isEqualTo(heap);
  }

  @Test
  void theLongestNameEndsAtSixtyThreeCharactersInTheHighestAttempt() {
    var name = new JobName("a".repeat(40), Step.BASELINE, "0a1b2c3d", 9999);

    assertThat(name.toString()).hasSize(63);
  }

  @Test
  void thePodsOfAJobAreFoundByItsLabels() {
    var job = job(resource("complete"), Step.SYNC);

    assertThat(job.getSpec().getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(job.getMetadata().getLabels())
        .containsEntry(Labels.RESOURCE, "glance")
        .containsEntry("team", "glance");
  }

  @Test
  void placeholdersReachTheRunnerUnchanged() {
    var job = job(resource("complete"), Step.SYNC);

    assertThat(request(job).flyway().placeholders())
        .containsEntry("engine", "it's ${quoted}")
        .containsEntry("body", "$$ select '$(HOME)' $$");
  }

  @Test
  void theRequestContainsTheExpectedDatabase() {
    var database = new DatabaseIdentity("73", "glance");
    var job = FACTORY.job(resource("minimal"), Step.SYNC, 3, MIGRATIONS, KnownState.on(database));
    var request = request(job);

    assertThat(request.expectedDatabase()).isEqualTo(database);
    assertThat(request.migrationsDigest()).isEqualTo(MIGRATIONS);
    assertThat(request.job()).isEqualTo(job.getMetadata().getName()).endsWith("-3");
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource({
    "'disk: fast', 'disk: slow'",
    "'team: glance', 'team: nova'",
    "'name: glance-db', 'name: other'",
    "'name: glance-migrations', 'name: other'",
    "'configMap: db-ca', 'configMap: other'"
  })
  void anotherPodTemplateChangesTheDigest(String from, String to) {
    assertThat(FACTORY.templateDigest(changed(from, to)))
        .isNotEqualTo(FACTORY.templateDigest(resource("complete")));
  }

  @Test
  void anotherImageChangesTheDigest() {
    assertThat(new JobFactory("other", ScratchImages.OFFICIAL).templateDigest(resource("complete")))
        .isNotEqualTo(FACTORY.templateDigest(resource("complete")));
  }

  @Test
  void theTemplateDigestIsIndependentOfVersionAndAttempt() {
    var resource = resource("complete");

    assertThat(FACTORY.templateDigest(changed("version: \"13\"", "version: \"14\"")))
        .isEqualTo(FACTORY.templateDigest(resource));
    assertThat(job(resource, Step.BASELINE).getMetadata().getAnnotations().get(Labels.TEMPLATE))
        .isEqualTo(FACTORY.templateDigest(resource));
  }

  private static Job job(SchemaVersion resource, Step step) {
    return FACTORY.job(resource, step, 1, MIGRATIONS, KnownState.NOTHING);
  }

  /** What the runner reads, once the kubelet has expanded it. */
  private static RunRequest request(Job job) {
    var text = container(job).getEnv().getFirst().getValue();
    assertThat(text.replace("$$", "")).as("what the kubelet would expand").doesNotContain("$");
    return Codec.readRequest(text.replace("$$", "$"));
  }

  private static PodSpec pod(Job job) {
    return job.getSpec().getTemplate().getSpec();
  }

  private static List<Container> containers(Job job) {
    return Stream.concat(pod(job).getInitContainers().stream(), pod(job).getContainers().stream())
        .toList();
  }

  private static Container container(Job job) {
    return pod(job).getContainers().getFirst();
  }

  private static SchemaVersion resource(String folder) {
    return Serialization.unmarshal(yaml(folder), SchemaVersion.class);
  }

  private static SchemaVersion changed(String from, String to) {
    assertThat(yaml("complete")).containsOnlyOnce(from);
    return Serialization.unmarshal(yaml("complete").replace(from, to), SchemaVersion.class);
  }

  private static String yaml(String folder) {
    try {
      return Files.readString(Path.of("src", "test", "resources", "desired", folder, "in.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
