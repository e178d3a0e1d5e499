package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.SecretKeys;
import dev.schemaversion.api.v1alpha1.JobSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.DatabaseIdentity;
import dev.schemaversion.contract.Mounts;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.Wire;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Makes the Job of a step. It carries labels and no ownerReference: garbage collection would kill a
 * running Job. It never has a deadline, a back-off or a time to live: those kill migrations too.
 *
 * @param image the runner's image, the operator's own
 */
public record JobFactory(String image) {
  /** The name of the container in which the runner is; its termination message is the report. */
  public static final String CONTAINER = "runner";

  private static final long NON_ROOT = 65532L;

  /**
   * Long, because on SIGTERM the runner finishes the migration it is in; the kubelet's SIGKILL
   * would leave that to the database.
   */
  private static final long GRACE_SECONDS = 3600L;

  private static final ResourceRequirements USUAL_RESOURCES =
      new ResourceRequirementsBuilder()
          .addToRequests("cpu", new Quantity("100m"))
          .addToRequests("memory", new Quantity("192Mi"))
          .addToLimits("memory", new Quantity("512Mi"))
          .build();

  /**
   * The Job.
   *
   * @param migrationsDigest the content it is made for
   * @param expected the database whose evidence is recorded, or null
   */
  public Job job(
      SchemaVersion resource,
      Step step,
      int attempt,
      String migrationsDigest,
      DatabaseIdentity expected) {
    var metadata = resource.getMetadata();
    var inputs = Inputs.of(resource, step, migrationsDigest);
    var name = new JobName(metadata.getName(), step, inputs.id(), attempt).toString();
    var request = Inputs.request(resource, step, name, migrationsDigest, expected);
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
        .withTemplate(template(resource, labels, literally(Wire.write(request))))
        .endSpec()
        .build();
  }

  /**
   * The kubelet makes {@code $} of {@code $$} in an environment variable, and another variable's
   * value of {@code $(NAME)}; placeholders for Flyway may well contain either.
   */
  private static String literally(String text) {
    return text.replace("$", "$$");
  }

  /** A digest of how the resource wants its pods to be, whatever step and attempt. */
  public String templateDigest(SchemaVersion resource) {
    return "sha256:" + Digest.of(template(resource, Map.of(), ""));
  }

  private PodTemplateSpec template(
      SchemaVersion resource, Map<String, String> labels, String request) {
    var spec = resource.getSpec();
    var job =
        Objects.requireNonNullElseGet(
            spec.job(), () -> new JobSpec(null, null, null, null, null, null, null, null));
    var allLabels = new TreeMap<>(Objects.requireNonNullElse(job.podLabels(), Map.of()));
    allLabels.putAll(labels);
    var volumes = volumes(resource);
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
        .withRunAsUser(NON_ROOT)
        .withRunAsGroup(NON_ROOT)
        // So that the mounted credentials are readable for the runner and nobody else.
        .withFsGroup(NON_ROOT)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withContainers(container(job, request, volumes))
        .withVolumes(volumes)
        .endSpec()
        .build();
  }

  private Container container(JobSpec job, String request, List<Volume> volumes) {
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(image)
        .withCommand("java", "@/opt/schemaversion/runner")
        .addNewEnv()
        .withName(Mounts.REQUEST)
        .withValue(request)
        .endEnv()
        .withResources(Objects.requireNonNullElse(job.resources(), USUAL_RESOURCES))
        .withTerminationMessagePath(Mounts.REPORT)
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .withVolumeMounts(volumes.stream().map(JobFactory::mount).toList())
        .build();
  }

  private static List<Volume> volumes(SchemaVersion resource) {
    var spec = resource.getSpec();
    var volumes = new ArrayList<Volume>();
    volumes.add(new VolumeBuilder().withName("tmp").withNewEmptyDir().endEmptyDir().build());
    var secret = spec.database().secretRef();
    volumes.add(
        new VolumeBuilder()
            .withName("secret")
            .withNewSecret()
            .withSecretName(secret.name())
            .withItems(items(Objects.requireNonNullElse(secret.keys(), SecretKeys.USUAL)))
            .withDefaultMode(0440)
            // A missing Secret or key is told by the runner; the kubelet would wait in silence.
            .withOptional(true)
            .endSecret()
            .build());
    var tls = spec.database().tls();
    if (tls != null && tls.caRef() != null) {
      volumes.add(
          new VolumeBuilder()
              .withName("ca")
              .withNewConfigMap()
              .withName(tls.caRef().configMap())
              .addNewItem(Objects.requireNonNullElse(tls.caRef().key(), "ca.crt"), null, "ca.crt")
              .withOptional(true)
              .endConfigMap()
              .build());
    }
    var sources = spec.migrations().configMapRefs();
    for (int i = 0; i < sources.size(); i++) {
      volumes.add(
          new VolumeBuilder()
              .withName("migrations-" + i)
              .withNewConfigMap()
              .withName(sources.get(i).name())
              .endConfigMap()
              .build());
    }
    return volumes;
  }

  private static List<KeyToPath> items(SecretKeys keys) {
    var usual = SecretKeys.USUAL;
    return List.of(
        new KeyToPath(
            Objects.requireNonNullElse(keys.username(), usual.username()), null, "username"),
        new KeyToPath(
            Objects.requireNonNullElse(keys.password(), usual.password()), null, "password"),
        new KeyToPath(Objects.requireNonNullElse(keys.host(), usual.host()), null, "host"),
        new KeyToPath(Objects.requireNonNullElse(keys.port(), usual.port()), null, "port"),
        new KeyToPath(Objects.requireNonNullElse(keys.dbname(), usual.dbname()), null, "dbname"));
  }

  private static VolumeMount mount(Volume volume) {
    var mount = new VolumeMountBuilder().withName(volume.getName());
    return switch (volume.getName()) {
      case "tmp" -> mount.withMountPath("/tmp").build();
      case "secret" -> mount.withMountPath(Mounts.SECRET).withReadOnly(true).build();
      case "ca" ->
          mount.withMountPath(Path.of(Mounts.CA).getParent().toString()).withReadOnly(true).build();
      default ->
          mount
              .withMountPath(
                  Mounts.migrations(
                      Integer.parseInt(volume.getName().substring("migrations-".length()))))
              .withReadOnly(true)
              .build();
    };
  }
}
