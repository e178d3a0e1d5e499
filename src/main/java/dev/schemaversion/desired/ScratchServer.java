package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.api.v1alpha1.ProofSpec;
import dev.schemaversion.api.v1alpha1.ProofSpec.Mode;
import dev.schemaversion.api.v1alpha1.RehearsalSpec;
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
import java.util.stream.Stream;

/**
 * Creates the container of the scratch server: a server of the database's engine that runs beside
 * the runner as a native sidecar. It is reachable only inside the pod, stores nothing permanently,
 * and has access neither to the Secret nor to the migrations.
 */
final class ScratchServer {
  /** The name of the container. */
  static final String CONTAINER = "scratch";

  private static final String DATA = "scratch";
  private static final String TMP = "scratch-tmp";

  /** The user of the server in all official images. */
  private static final long SERVER_USER = 999L;

  private static final ResourceRequirements DEFAULT_RESOURCES =
      new ResourceRequirementsBuilder()
          .addToRequests("cpu", new Quantity("50m"))
          .addToRequests("memory", new Quantity("64Mi"))
          .addToLimits("memory", new Quantity("512Mi"))
          .build();

  private static final long DATA_BYTES = 2L << 30;

  /** Room for the rows, a rewritten copy of them, and the server's log of both. */
  private static final long COPIES = 3;

  private static final String EPHEMERAL_STORAGE = "ephemeral-storage";

  private ScratchServer() {}

  /**
   * Returns the address of the server for the runner, with what the migrating user may do there.
   */
  static RunRequest.Scratch address(SchemaVersionSpec spec) {
    var given = spec.proofOrDefault().scratch();
    var extensions = given == null ? List.<String>of() : given.extensionsOrDefault();
    return new RunRequest.Scratch(
        "127.0.0.1",
        ScratchScript.port(spec.database().engine()),
        extensions.isEmpty() ? null : extensions.stream().sorted().distinct().toList(),
        (given != null && given.superuserOrDefault()) ? true : null);
  }

  /** Returns whether a step needs a scratch server. */
  static boolean isNeeded(Step step, SchemaVersionSpec spec) {
    return switch (step) {
      case BASELINE, PROVE, PLAN -> true;
      case SYNC -> spec.proofOrDefault().modeOrDefault() == Mode.Always;
      case VERIFY -> false;
    };
  }

  /** Returns the container, which starts before the runner and ends with the pod. */
  static Container container(Engine engine, ProofSpec proof, String image) {
    var given = proof.scratch();
    var resources = given == null ? null : given.resources();
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(given == null || given.image() == null ? image : given.image())
        .withRestartPolicy("Always")
        .withCommand("sh", "-c", ScratchScript.of(engine))
        .withResources(withRoom(proof, Objects.requireNonNullElse(resources, DEFAULT_RESOURCES)))
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(SERVER_USER)
        .withRunAsGroup(SERVER_USER)
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

  /** Returns the volumes, which no other container mounts. */
  static List<Volume> volumes(ProofSpec proof) {
    return List.of(
        emptyDir(DATA, copiesRows(proof) ? mebibytes(dataBytes(proof)) : "2Gi"),
        emptyDir(TMP, "64Mi"));
  }

  private static boolean copiesRows(ProofSpec proof) {
    return proof.rehearsalOrDefault().modeOrDefault() == RehearsalSpec.Mode.Rows;
  }

  private static long dataBytes(ProofSpec proof) {
    return DATA_BYTES + COPIES * proof.rehearsalOrDefault().maxBytes();
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + "Mi";
  }

  /** Requests room on the node's disk for rows, unless the user says how much. */
  private static ResourceRequirements withRoom(ProofSpec proof, ResourceRequirements given) {
    boolean isSet =
        Stream.of(given.getRequests(), given.getLimits())
            .anyMatch(each -> each != null && each.containsKey(EPHEMERAL_STORAGE));
    return isSet || !copiesRows(proof)
        ? given
        : new ResourceRequirementsBuilder(given)
            .addToRequests(EPHEMERAL_STORAGE, new Quantity(mebibytes(dataBytes(proof))))
            .build();
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
