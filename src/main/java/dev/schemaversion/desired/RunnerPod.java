package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.JobSpec;
import dev.schemaversion.api.v1alpha1.JobSpecBuilder;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Mounts;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The pod of a Job: the runner's container, the sidecars beside it and their volumes.
 *
 * @param image the image of the runner, which is that of the operator
 */
record RunnerPod(String image) {
  /**
   * The grace period is long, because on SIGTERM the runner finishes the current migration. The
   * kubelet's SIGKILL would interrupt it.
   */
  private static final long GRACE_SECONDS = 3600L;

  private static final String PORT_NAME = "progress";

  static final ResourceRequirements DEFAULT_RESOURCES =
      new ResourceRequirementsBuilder()
          .addToRequests("cpu", new Quantity("100m"))
          .addToRequests("memory", new Quantity("192Mi"))
          .addToLimits("memory", new Quantity("512Mi"))
          .build();

  /**
   * Returns the pod template.
   *
   * @param scratchImage the image of the scratch server if the resource names none; null for a pod
   *     with the runner only
   */
  PodTemplateSpec template(
      SchemaVersion resource, Map<String, String> labels, String request, String scratchImage) {
    var spec = resource.getSpec();
    var job = Objects.requireNonNullElseGet(spec.job(), () -> JobSpecBuilder.builder().build());
    var allLabels = new TreeMap<>(Objects.requireNonNullElse(job.podLabels(), Map.of()));
    allLabels.putAll(labels);
    var volumes = RunnerVolumes.of(resource);
    var sidecars = scratchImage == null ? Sidecars.NONE : Sidecars.of(spec, image, scratchImage);
    var allVolumes = new ArrayList<>(volumes);
    allVolumes.addAll(sidecars.volumes());
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(allLabels)
        .withAnnotations(job.podAnnotations())
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withNodeSelector(job.nodeSelector())
        .withAffinity(job.affinity())
        .withTolerations(job.tolerations())
        .withImagePullSecrets(job.imagePullSecrets())
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(Sandbox.NON_ROOT)
        .withRunAsGroup(Sandbox.NON_ROOT)
        // Makes the mounted credentials readable for the runner only.
        .withFsGroup(Sandbox.NON_ROOT)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withInitContainers(sidecars.containers())
        .withContainers(container(job, request, volumes, sidecars))
        .withVolumes(allVolumes)
        .endSpec()
        .build();
  }

  private Container container(
      JobSpec job, String request, List<Volume> volumes, Sidecars sidecars) {
    return new ContainerBuilder()
        .withName(JobFactory.CONTAINER)
        .withImage(image)
        .withCommand("java", "@/opt/schemaversion/runner")
        .addNewEnv()
        .withName(Mounts.REQUEST)
        .withValue(request)
        .endEnv()
        .addNewPort()
        .withName(PORT_NAME)
        .withContainerPort(Mounts.PROGRESS_PORT)
        .endPort()
        .withResources(Objects.requireNonNullElse(job.resources(), DEFAULT_RESOURCES))
        .withTerminationMessagePath(Mounts.REPORT)
        .withSecurityContext(Sandbox.restricted().build())
        .withVolumeMounts(volumes.stream().map(RunnerVolumes::mount).toList())
        .addAllToVolumeMounts(sidecars.runnerMounts())
        .build();
  }
}
