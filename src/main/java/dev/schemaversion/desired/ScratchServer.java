package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.api.v1alpha1.ProofSpec;
import dev.schemaversion.api.v1alpha1.ProofSpec.Mode;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.contract.RunRequest;
import dev.schemaversion.contract.Step;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.List;
import java.util.Objects;

/**
 * The scratch server: a server of the database's kind beside the runner, as a native sidecar. It is
 * reachable only in the pod, keeps nothing, and sees neither the Secret nor the migrations.
 */
final class ScratchServer {
  /** The name of its container. */
  static final String CONTAINER = "scratch";

  private static final String DATA = "scratch";
  private static final String TMP = "scratch-tmp";

  /** The official images' own user, in all of them. */
  private static final long OWN_USER = 999L;

  private static final ResourceRequirements USUAL_RESOURCES =
      new ResourceRequirementsBuilder()
          .addToRequests("cpu", new Quantity("50m"))
          .addToRequests("memory", new Quantity("64Mi"))
          .addToLimits("memory", new Quantity("512Mi"))
          .build();

  private ScratchServer() {}

  /** Where the runner finds it. */
  static RunRequest.Scratch address(Engine engine) {
    return new RunRequest.Scratch("127.0.0.1", ScratchScript.port(engine));
  }

  /** Whether a step has one. */
  static boolean beside(Step step, SchemaVersionSpec spec) {
    return switch (step) {
      case BASELINE, PROVE, PLAN -> true;
      case SYNC -> spec.proofOrDefault().modeOrDefault() == Mode.Always;
      case VERIFY -> false;
    };
  }

  /** Its container, which starts before the runner and goes with the pod. */
  static Container container(Engine engine, ProofSpec proof, String image) {
    var given = proof.scratch();
    var resources = given == null ? null : given.resources();
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(given == null || given.image() == null ? image : given.image())
        .withRestartPolicy("Always")
        .withCommand("sh", "-c", ScratchScript.of(engine))
        .withResources(Objects.requireNonNullElse(resources, USUAL_RESOURCES))
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(OWN_USER)
        .withRunAsGroup(OWN_USER)
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .addNewVolumeMount()
        .withName(DATA)
        .withMountPath("/scratch")
        .endVolumeMount()
        .addNewVolumeMount()
        .withName(TMP)
        .withMountPath("/tmp")
        .endVolumeMount()
        .build();
  }

  /** Its volumes, which nobody else mounts. */
  static List<Volume> volumes() {
    return List.of(emptyDir(DATA, "2Gi"), emptyDir(TMP, "64Mi"));
  }

  private static Volume emptyDir(String name, String limit) {
    return new VolumeBuilder()
        .withName(name)
        .withNewEmptyDir()
        .withSizeLimit(new Quantity(limit))
        .endEmptyDir()
        .build();
  }
}
