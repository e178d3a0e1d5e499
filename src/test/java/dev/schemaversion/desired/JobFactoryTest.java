package dev.schemaversion.desired;

import static dev.schemaversion.desired.DesiredJobs.FACTORY;
import static dev.schemaversion.desired.DesiredJobs.container;
import static dev.schemaversion.desired.DesiredJobs.job;
import static dev.schemaversion.desired.DesiredJobs.pod;
import static dev.schemaversion.desired.DesiredJobs.request;
import static dev.schemaversion.desired.DesiredJobs.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Step;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The properties of every Job, independent of the resource. */
class JobFactoryTest {
  @ParameterizedTest
  @MethodSource("dev.schemaversion.desired.DesiredJobs#all")
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
  @MethodSource("dev.schemaversion.desired.DesiredJobs#all")
  void nothingStartsARunnerTwice(Job job) {
    assertThat(job.getSpec().getBackoffLimit()).isZero();
    assertThat(job.getSpec().getCompletions()).isOne();
    assertThat(job.getSpec().getParallelism()).isOne();
    assertThat(job.getSpec().getPodReplacementPolicy()).isEqualTo("Failed");
    assertThat(pod(job).getRestartPolicy()).isEqualTo("Never");
  }

  @ParameterizedTest
  @MethodSource("dev.schemaversion.desired.DesiredJobs#all")
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
  @MethodSource("dev.schemaversion.desired.DesiredJobs#all")
  void namesAndLabelsEndAtSixtyThreeCharacters(Job job) {
    assertThat(job.getMetadata().getName()).hasSizeLessThanOrEqualTo(63);
    assertThat(job.getMetadata().getLabels().values()).allMatch(value -> value.length() <= 63);
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
  void placeholdersReachTheRunnerUnchanged() {
    var job = job(resource("complete"), Step.SYNC);

    assertThat(request(job).flyway().placeholders())
        .containsEntry("engine", "it's ${quoted}")
        .containsEntry("body", "$$ select '$(HOME)' $$");
  }

  private static List<Container> containers(Job job) {
    return Stream.concat(pod(job).getInitContainers().stream(), pod(job).getContainers().stream())
        .toList();
  }
}
