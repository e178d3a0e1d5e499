package dev.schemaversion.desired;

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
 * The scratch server: a PostgreSQL beside the runner, as a native sidecar. It is reachable only in
 * the pod, keeps nothing, and sees neither the Secret nor the migrations.
 */
final class ScratchServer {
  /** The name of its container. */
  static final String CONTAINER = "scratch";

  /** Where the runner finds it. */
  static final RunRequest.Scratch ADDRESS = new RunRequest.Scratch("127.0.0.1", 5432);

  private static final String DATA = "scratch";
  private static final String TMP = "scratch-tmp";

  /** The official image's own user. */
  private static final long POSTGRES = 999L;

  /**
   * The shell stays, as process 1, and passes an end on: a process 1 without a handler of its own
   * is not ended by SIGTERM, and the pod would linger for its whole grace period. Nothing here is
   * worth an orderly shutdown.
   */
  private static final String SCRIPT =
      """
      trap 'kill -QUIT $child 2>/dev/null; exit 0' TERM INT
      if [ ! -d /scratch/data ]; then
        rm -rf /scratch/new
        initdb -D /scratch/new -U postgres --auth=trust --encoding=UTF8 --no-sync >/dev/null &
        child=$!
        wait $child || exit 1
        mv /scratch/new /scratch/data
      fi
      rm -f /scratch/data/postmaster.pid
      postgres -D /scratch/data -c listen_addresses=127.0.0.1 -c port=5432 \\
        -c unix_socket_directories=/scratch -c fsync=off -c full_page_writes=off \\
        -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0 \\
        -c max_wal_size=512MB -c autovacuum=off -c dynamic_shared_memory_type=mmap \\
        -c shared_buffers=32MB -c logging_collector=off &
      child=$!
      wait $child
      """;

  private static final ResourceRequirements USUAL_RESOURCES =
      new ResourceRequirementsBuilder()
          .addToRequests("cpu", new Quantity("50m"))
          .addToRequests("memory", new Quantity("64Mi"))
          .addToLimits("memory", new Quantity("512Mi"))
          .build();

  private ScratchServer() {}

  /** Whether a step has one. */
  static boolean beside(Step step, SchemaVersionSpec spec) {
    return switch (step) {
      case BASELINE, PROVE, PLAN -> true;
      case SYNC -> spec.proofOrUsual().modeOrUsual() == Mode.Always;
      case VERIFY -> false;
    };
  }

  /** Its container, which starts before the runner and goes with the pod. */
  static Container container(ProofSpec proof, String image) {
    var given = proof.scratch();
    var resources = given == null ? null : given.resources();
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(given == null || given.image() == null ? image : given.image())
        .withRestartPolicy("Always")
        .withCommand("sh", "-c", SCRIPT)
        .withResources(Objects.requireNonNullElse(resources, USUAL_RESOURCES))
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(POSTGRES)
        .withRunAsGroup(POSTGRES)
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
