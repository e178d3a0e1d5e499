package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.api.v1alpha1.ProofSpec;
import dev.schemaversion.api.v1alpha1.ProofSpec.Mode;
import dev.schemaversion.api.v1alpha1.RehearsalSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.contract.Step;
import dev.schemaversion.contract.request.RequestedScratch;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
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

  private static final long DATA_BYTES = 2L << 30;

  /** Room for the rows, a rewritten copy of them, and the server's log of both. */
  private static final long COPIES = 3;

  private static final String EPHEMERAL_STORAGE = "ephemeral-storage";

  private ScratchServer() {}

  /**
   * Returns the address of the server for the runner, with what the migrating user may do there.
   */
  static RequestedScratch address(SchemaVersionSpec spec) {
    var given = spec.proofOrDefault().scratch();
    var extensions = given == null ? List.<String>of() : given.extensionsOrDefault();
    return new RequestedScratch(
        "127.0.0.1",
        spec.database().engine().defaultPort(),
        extensions.isEmpty() ? null : extensions.stream().sorted().distinct().toList(),
        (given != null && given.superuserOrDefault()) ? true : null);
  }

  /**
   * Returns whether a step needs a scratch server. The history of another tool than Flyway is
   * understood only by comparing it with the one that the tool writes there.
   */
  static boolean isNeeded(Step step, SchemaVersionSpec spec) {
    return switch (step) {
      case BASELINE, PROVE, PLAN -> true;
      case SYNC ->
          spec.proofOrDefault().modeOrDefault() == Mode.Always
              || spec.migrations().command() != null;
      case VERIFY -> false;
    };
  }

  /** Returns the container, which starts before the runner and ends with the pod. */
  static Container container(Engine engine, ProofSpec proof, String image) {
    var given = proof.scratch();
    var resources = given == null ? null : given.resources();
    return Sandbox.sidecar(
            CONTAINER, given == null || given.image() == null ? image : given.image())
        .withCommand("sh", "-c", ScratchScript.of(engine))
        .withResources(
            withRoom(proof, Objects.requireNonNullElse(resources, Sandbox.SIDECAR_RESOURCES)))
        .withSecurityContext(
            Sandbox.restricted()
                .withRunAsNonRoot(true)
                .withRunAsUser(SERVER_USER)
                .withRunAsGroup(SERVER_USER)
                .build())
        .withVolumeMounts(Sandbox.mount(DATA, "/scratch"), Sandbox.mount(TMP, "/tmp"))
        .build();
  }

  /** Returns the volumes, which no other container mounts. */
  static List<Volume> volumes(ProofSpec proof) {
    return List.of(
        Sandbox.emptyDir(DATA, copiesRows(proof) ? mebibytes(dataBytes(proof)) : "2Gi"),
        Sandbox.emptyDir(TMP, "64Mi"));
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
}
