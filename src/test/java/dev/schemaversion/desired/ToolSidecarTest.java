package dev.schemaversion.desired;

import static dev.schemaversion.desired.DesiredJobs.FACTORY;
import static dev.schemaversion.desired.DesiredJobs.IMAGE;
import static dev.schemaversion.desired.DesiredJobs.changed;
import static dev.schemaversion.desired.DesiredJobs.initContainer;
import static dev.schemaversion.desired.DesiredJobs.pod;
import static dev.schemaversion.desired.DesiredJobs.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Step;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The container of the user's migration tool, and what makes another Job of it. */
class ToolSidecarTest {
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "VERIFY")
  void everyStepButVerifyHasTheToolAndAScratchServer(Step step) {
    // Also where a stored spec says otherwise: only there the runner learns what the history means.
    var given = changed("command", "baseline:", "proof: {mode: OnBaseline}\n  baseline:");

    assertThat(pod(given, step).getInitContainers())
        .extracting(Container::getName)
        .containsExactly("tool-shell", "scratch", "tool");
  }

  @Test
  void verifyHasNeither() {
    var pod = pod(command(), Step.VERIFY);

    assertThat(pod.getInitContainers()).isEmpty();
    assertThat(pod.getVolumes())
        .extracting(volume -> volume.getName())
        .containsExactly("tmp", "secret");
  }

  @Test
  void theShellComesFromTheOperatorsImageAndTheToolFromTheUsers() {
    var pod = pod(command(), Step.SYNC);

    assertThat(initContainer(pod, "tool-shell").getImage()).isEqualTo(IMAGE);
    assertThat(initContainer(pod, "tool-shell").getRestartPolicy()).isNull();
    assertThat(initContainer(pod, "tool").getImage())
        .isEqualTo("registry.example.org/glance:2026.2");
    assertThat(initContainer(pod, "tool").getRestartPolicy()).isEqualTo("Always");
    assertThat(initContainer(pod, "tool").getCommand())
        .startsWith(initContainer(pod, "tool-shell").getCommand().getLast(), "sh", "-c");
  }

  @Test
  void theRunnerSharesTheFoldersInMemoryWithTheToolAndNoOthers() {
    var pod = pod(command(), Step.SYNC);

    assertThat(pod.getContainers().getFirst().getVolumeMounts())
        .extracting(VolumeMount::getName)
        .containsExactly("tmp", "secret", "tool", "tool-files");
    assertThat(initContainer(pod, "tool").getVolumeMounts())
        .extracting(VolumeMount::getName)
        .containsExactly("tool", "tool-files", "tool-tmp");
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getName().startsWith("tool"))
        .hasSize(3)
        .allSatisfy(
            volume -> {
              assertThat(volume.getEmptyDir().getSizeLimit()).isNotNull();
              assertThat(volume.getEmptyDir().getMedium())
                  .isEqualTo(volume.getName().equals("tool-tmp") ? null : "Memory");
            });
  }

  @Test
  void theResourceMaySetUserAndResources() {
    var given =
        changed(
            "command",
            "history:",
            "runAsUser: 42415\n      resources: {limits: {memory: 2Gi}}\n      history:");
    var tool = initContainer(pod(given, Step.SYNC), "tool");

    assertThat(initContainer(pod(command(), Step.SYNC), "tool").getSecurityContext().getRunAsUser())
        .isEqualTo(65532);
    assertThat(tool.getSecurityContext().getRunAsUser()).isEqualTo(42415);
    assertThat(tool.getResources().getLimits().get("memory")).hasToString("2Gi");
    assertThat(tool.getResources().getRequests()).isNullOrEmpty();
    assertThat(FACTORY.templateDigest(given)).isNotEqualTo(FACTORY.templateDigest(command()));
    assertThat(inputs(given)).isEqualTo(inputs(command()));
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource({
    "glance:2026.2, glance:2026.3",
    "'[2023_1_contract01, ', '[2022_1_contract01, 2023_1_contract01, '",
    "'upgrade, $(VERSION)', 'sync, $(VERSION)'",
    "[alembic_version], '[alembic_version, other]'",
    "'[database]', '[DEFAULT]'",
    "'history:', 'env: {A: b}\n      history:'",
    "'history:', 'stamp: [glance-manage]\n      history:'"
  })
  void anotherToolIsAnotherInput(String from, String to) {
    assertThat(inputs(changed("command", from, to))).isNotEqualTo(inputs(command()));
    assertThat(digest(changed("command", from, to))).isNotEqualTo(digest(command()));
  }

  private static JobInputs inputs(SchemaVersion resource) {
    return JobInputs.of(resource, Step.SYNC, digest(resource), "");
  }

  private static String digest(SchemaVersion resource) {
    return JobInputs.migrationsDigest(resource.getSpec().migrations().command());
  }

  private static PodSpec pod(SchemaVersion resource, Step step) {
    return FACTORY
        .job(resource, step, 1, digest(resource), KnownState.NOTHING)
        .getSpec()
        .getTemplate()
        .getSpec();
  }

  private static SchemaVersion command() {
    return resource("command");
  }
}
