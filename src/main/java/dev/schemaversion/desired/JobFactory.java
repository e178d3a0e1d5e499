package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.api.v1alpha1.JobSpec;
import dev.schemaversion.api.v1alpha1.JobSpecBuilder;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Codec;
import dev.schemaversion.contract.MigrationsSize;
import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.Step;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Creates the Job of a step. The Job has labels but no owner reference, because garbage collection
 * would kill it while it runs. For the same reason it has no deadline, no retries and no TTL.
 *
 * @param image the image of the runner, which is that of the operator
 * @param scratchImages the images of the scratch servers by engine
 * @param permissions what resources may ask of the scratch servers
 */
public record JobFactory(
    String image, Map<Engine, ScratchImages> scratchImages, ScratchPermissions permissions) {
  /** The name of the runner's container, whose termination message is the report. */
  public static final String CONTAINER = "runner";

  /**
   * Creates a factory with these images for PostgreSQL, the official ones for other engines, and
   * the default permissions.
   */
  public JobFactory(String image, ScratchImages postgreSql) {
    this(
        image,
        Map.of(
            Engine.PostgreSQL,
            postgreSql,
            Engine.MariaDB,
            ScratchImages.OFFICIAL_MARIADB,
            Engine.MySQL,
            ScratchImages.OFFICIAL_MYSQL),
        ScratchPermissions.DEFAULT);
  }

  /**
   * The grace period is long, because on SIGTERM the runner finishes the current migration. The
   * kubelet's SIGKILL would interrupt it.
   */
  private static final long GRACE_SECONDS = 3600L;

  private static final ResourceRequirements DEFAULT_RESOURCES =
      new ResourceRequirementsBuilder()
          .addToRequests("cpu", new Quantity("100m"))
          .addToRequests("memory", new Quantity("192Mi"))
          .addToLimits("memory", new Quantity("512Mi"))
          .build();

  /** Returns the maximum heap of a resource's runners, in bytes. */
  public long heap(SchemaVersion resource) {
    var given = resource.getSpec().job();
    var resources =
        given == null || given.resources() == null ? DEFAULT_RESOURCES : given.resources();
    var limit = resources.getLimits() == null ? null : resources.getLimits().get("memory");
    if (limit == null) {
      // Without a limit the node's memory is available.
      return Long.MAX_VALUE;
    }
    try {
      return (long) (limit.getNumericalAmount().doubleValue() * MigrationsSize.HEAP);
    } catch (IllegalArgumentException e) {
      // An invalid quantity: the API server rejects the Job with a better message.
      return Long.MAX_VALUE;
    }
  }

  /**
   * Returns the Job of a step.
   *
   * @param migrationsDigest the digest of the migrations for which it is created
   * @param knownState what the operator knows about the database
   */
  public Job job(
      SchemaVersion resource,
      Step step,
      int attempt,
      String migrationsDigest,
      KnownState knownState) {
    var metadata = resource.getMetadata();
    var inputs = JobInputs.of(resource, step, migrationsDigest, knownState.trigger());
    var name = new JobName(metadata.getName(), step, inputs.id(), attempt).toString();
    var request =
        JobRequest.of(
            resource,
            step,
            name,
            migrationsDigest,
            knownState,
            RunConditions.of(resource.getSpec()));
    var scratchImage =
        ScratchServer.isNeeded(step, resource.getSpec())
            ? images(resource).forServer(knownState.serverVersion())
            : null;
    var labels =
        Map.of(
            Labels.MANAGED_BY, Labels.OPERATOR,
            Labels.RESOURCE, metadata.getName(),
            Labels.STEP, step.label(),
            Labels.INPUTS, inputs.id(),
            Labels.ATTEMPT, Integer.toString(attempt));
    return new JobBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(metadata.getNamespace())
        .withLabels(new TreeMap<>(labels))
        .addToAnnotations(Labels.INPUTS_DIGEST, inputs.digest())
        .addToAnnotations(Labels.ADDRESS, DatabaseAddress.of(resource.getSpec()))
        .addToAnnotations(Labels.TEMPLATE, templateDigest(resource))
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(0)
        .withCompletions(1)
        .withParallelism(1)
        .withPodReplacementPolicy("Failed")
        .withTemplate(template(resource, labels, escape(Codec.write(request)), scratchImage))
        .endSpec()
        .build();
  }

  /**
   * Escapes a text for an environment variable. The kubelet replaces {@code $$} and {@code
   * $(NAME)}, and Flyway placeholders may contain either.
   */
  private static String escape(String text) {
    return text.replace("$", "$$");
  }

  /** Returns a digest of the pod template, independent of step and attempt. */
  public String templateDigest(SchemaVersion resource) {
    var images = images(resource);
    return "sha256:"
        + Digest.of(List.of(template(resource, Map.of(), "", images.forServer(null)), images));
  }

  private ScratchImages images(SchemaVersion resource) {
    return scratchImages.get(resource.getSpec().database().engine());
  }

  /**
   * Returns the pod template.
   *
   * @param scratchImage the image of the scratch server if the resource names none; null for a pod
   *     with the runner only
   */
  private PodTemplateSpec template(
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
        .withName(CONTAINER)
        .withImage(image)
        .withCommand("java", "@/opt/schemaversion/runner")
        .addNewEnv()
        .withName(Mounts.REQUEST)
        .withValue(request)
        .endEnv()
        .withResources(Objects.requireNonNullElse(job.resources(), DEFAULT_RESOURCES))
        .withTerminationMessagePath(Mounts.REPORT)
        .withSecurityContext(Sandbox.restricted().build())
        .withVolumeMounts(volumes.stream().map(RunnerVolumes::mount).toList())
        .addAllToVolumeMounts(sidecars.runnerMounts())
        .build();
  }
}
