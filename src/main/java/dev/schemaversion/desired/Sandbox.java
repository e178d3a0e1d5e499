package dev.schemaversion.desired;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

/**
 * What the containers of a Job's pod have in common: the restricted security context, and volumes
 * that end with the pod.
 */
final class Sandbox {
  /** The user and the group of containers that need no other. */
  static final long NON_ROOT = 65532L;

  /** The resources of a container beside the runner, unless the user says which. */
  static final ResourceRequirements SIDECAR_RESOURCES =
      new ResourceRequirementsBuilder()
          .addToRequests("cpu", new Quantity("50m"))
          .addToRequests("memory", new Quantity("64Mi"))
          .addToLimits("memory", new Quantity("512Mi"))
          .build();

  private Sandbox() {}

  /** Returns the security context of every container. */
  static SecurityContextBuilder restricted() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities();
  }

  /** Returns a native sidecar: a container that starts before the runner and ends with the pod. */
  static ContainerBuilder sidecar(String name, String image) {
    return new ContainerBuilder()
        .withName(name)
        .withImage(image)
        .withRestartPolicy("Always")
        .withTerminationMessagePolicy("FallbackToLogsOnError");
  }

  static Volume emptyDir(String name, String limit) {
    return volume(name, null, limit);
  }

  static Volume inMemory(String name, String limit) {
    return volume(name, "Memory", limit);
  }

  static VolumeMount mount(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
  }

  private static Volume volume(String name, String medium, String limit) {
    return new VolumeBuilder()
        .withName(name)
        .withNewEmptyDir()
        .withMedium(medium)
        .withSizeLimit(new Quantity(limit))
        .endEmptyDir()
        .build();
  }
}
