package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.stream.Stream;

/**
 * The containers that start before the runner: the scratch server, and the user's migration tool if
 * there is one. Wherever the tool runs, it runs on the scratch server too.
 *
 * @param containers the containers in their order
 * @param volumes their volumes
 * @param runnerMounts the mounts of these volumes in the runner's container
 */
record Sidecars(List<Container> containers, List<Volume> volumes, List<VolumeMount> runnerMounts) {
  /** The containers of a step that needs none. */
  static final Sidecars NONE = new Sidecars(List.of(), List.of(), List.of());

  /**
   * Returns the containers of a step that needs them.
   *
   * @param image the operator's image
   * @param scratchImage the image of the scratch server if the resource names none
   */
  static Sidecars of(SchemaVersionSpec spec, String image, String scratchImage) {
    var proof = spec.proofOrDefault();
    var scratch = ScratchServer.container(spec.database().engine(), proof, scratchImage);
    var command = spec.migrations().command();
    return command == null
        ? new Sidecars(List.of(scratch), ScratchServer.volumes(proof), List.of())
        : new Sidecars(
            List.of(ToolSidecar.shell(image), scratch, ToolSidecar.container(command)),
            Stream.of(ScratchServer.volumes(proof), ToolSidecar.volumes())
                .flatMap(List::stream)
                .toList(),
            ToolSidecar.mounts());
  }
}
