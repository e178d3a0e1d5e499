package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.CommandSpec;
import dev.schemaversion.contract.Mounts;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Objects;

/**
 * Creates the container of the user's migration tool: its image runs beside the runner as a native
 * sidecar and waits for orders, see {@link ToolScript}. It has no access to the Secret; the runner
 * hands over the address and the credentials of one database with each order, in memory.
 *
 * <p>The image may contain no shell. So another container copies one from the operator's image into
 * a shared folder first.
 */
final class ToolSidecar {
  private static final String SHELL = "/opt/schemaversion/busybox";
  private static final String COPIED_SHELL = Mounts.TOOL + "/busybox";
  private static final String FOLDER = "tool";
  private static final String FILES = "tool-files";
  private static final String TMP = "tool-tmp";

  private static final ResourceRequirements SHELL_RESOURCES =
      new ResourceRequirementsBuilder()
          .addToRequests("cpu", new Quantity("10m"))
          .addToRequests("memory", new Quantity("16Mi"))
          .addToLimits("memory", new Quantity("32Mi"))
          .build();

  private ToolSidecar() {}

  /**
   * Returns the container that copies the shell and ends.
   *
   * @param image the operator's image
   */
  static Container shell(String image) {
    return new ContainerBuilder()
        .withName("tool-shell")
        .withImage(image)
        .withCommand(SHELL, "cp", SHELL, COPIED_SHELL)
        .withResources(SHELL_RESOURCES)
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withSecurityContext(Sandbox.restricted().build())
        .withVolumeMounts(Sandbox.mount(FOLDER, Mounts.TOOL))
        .build();
  }

  /** Returns the container of the tool. */
  static Container container(CommandSpec command) {
    return Sandbox.sidecar("tool", command.image())
        .withCommand(COPIED_SHELL, "sh", "-c", ToolScript.TEXT)
        .withResources(Objects.requireNonNullElse(command.resources(), Sandbox.SIDECAR_RESOURCES))
        .withSecurityContext(
            Sandbox.restricted()
                .withRunAsNonRoot(true)
                .withRunAsUser(Objects.requireNonNullElse(command.runAsUser(), Sandbox.NON_ROOT))
                .build())
        .withVolumeMounts(mounts())
        .addToVolumeMounts(Sandbox.mount(TMP, "/tmp"))
        .build();
  }

  static List<Volume> volumes() {
    return List.of(
        Sandbox.inMemory(FOLDER, "16Mi"),
        Sandbox.inMemory(FILES, "4Mi"),
        Sandbox.emptyDir(TMP, "1Gi"));
  }

  /** Returns the mounts that the runner and the tool have in common. */
  static List<VolumeMount> mounts() {
    return List.of(Sandbox.mount(FOLDER, Mounts.TOOL), Sandbox.mount(FILES, Mounts.TOOL_FILES));
  }
}
