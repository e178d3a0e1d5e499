package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.DeniedChange.assertDenied;
import static dev.schemaversion.e2e.gate.DeniedChange.denied;
import static dev.schemaversion.e2e.gate.Jobs.pod;
import static dev.schemaversion.e2e.gate.Jobs.sidecar;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The policies limit which containers the operator's account may put beside the runner, and what
 * these mount.
 */
@GateAlone
class BoundSidecarsTest {
  private Tenant operator;

  @BeforeEach
  void namespace(Tenant tenant) {
    operator = tenant.asOperatorWithEveryRight();
  }

  static Stream<DeniedChange<Job>> names() {
    var message = "with the container runner and the init containers scratch, tool-shell and tool";
    return Stream.of(
        denied(
            "a second container", pod(p -> p.addToContainers(other(p.buildContainer(0)))), message),
        denied(
            "another container", pod(p -> p.withContainers(other(p.buildContainer(0)))), message),
        denied(
            "another init container",
            pod(p -> p.addToInitContainers(other(p.buildInitContainer(0)))),
            message),
        denied(
            "a tool without its shell",
            pod(p -> p.removeMatchingFromInitContainers(c -> c.getName().equals("tool-shell"))),
            message));
  }

  static Stream<DeniedChange<Job>> access() {
    var message = "whose init containers have no environment and mount emptyDir volumes only";
    return Stream.of(
        denied("the Secret in the tool", sidecar("tool", mount("secret", "/secret")), message),
        denied("the Secret in the server", sidecar("scratch", mount("secret", "/secret")), message),
        denied("the Secret in the shell", sidecar("tool-shell", mount("secret", "/s")), message),
        denied(
            "an environment",
            sidecar("tool", c -> c.addToEnv(new EnvVar("LD_PRELOAD", "/tmp/x", null))),
            message));
  }

  static Stream<DeniedChange<Job>> shell() {
    var message = "whose init container tool-shell copies the shell of the runner's image";
    return Stream.of(
        denied("another image", sidecar("tool-shell", c -> c.withImage("other")), message),
        denied("another command", sidecar("tool-shell", c -> c.withCommand("sh")), message),
        denied("arguments", sidecar("tool-shell", c -> c.withArgs("x")), message),
        denied("no end", sidecar("tool-shell", c -> c.withRestartPolicy("Always")), message),
        denied("more mounts", sidecar("tool-shell", mount("tool-files", "/x")), message));
  }

  static Stream<DeniedChange<Job>> tool() {
    var message = "whose init container tool runs the shell and mounts its own three volumes";
    return Stream.of(
        denied("its own command", sidecar("tool", c -> c.withCommand("migrate")), message),
        denied("another shell", sidecar("tool", c -> c.setToCommand(0, "sh")), message),
        denied("arguments", sidecar("tool", c -> c.withArgs("x")), message),
        denied("an end", sidecar("tool", c -> c.withRestartPolicy(null)), message),
        denied("more mounts", sidecar("tool", mount("scratch", "/scratch")), message),
        denied("the runner's folder", sidecar("tool", mount("tmp", "/runner")), message));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"names", "access", "shell", "tool"})
  void aJobIsDeniedWith(DeniedChange<Job> denied) {
    var wanted = denied.change().apply(Jobs.command());

    assertDenied(() -> operator.dryRun(wanted), denied.message());
  }

  private static Container other(Container container) {
    return new ContainerBuilder(container).withName("other").build();
  }

  private static UnaryOperator<ContainerBuilder> mount(String volume, String path) {
    return container ->
        container.addToVolumeMounts(
            new VolumeMountBuilder().withName(volume).withMountPath(path).build());
  }
}
