package dev.schemaversion.e2e.gate;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Arrays;
import java.util.List;

/** The scheduling gates of a pod, by name and in their order. */
final class Gates {

  static final String OF_LABEL = "schemaversion.dev/schema";

  private Gates() {}

  static String of(String furtherResource) {
    return OF_LABEL + "." + furtherResource;
  }

  static List<String> of(Pod pod) {
    return of(pod.getSpec());
  }

  static List<String> of(PodSpec spec) {
    return spec.getSchedulingGates().stream().map(PodSchedulingGate::getName).toList();
  }

  static List<String> ofOurs(Pod pod) {
    return of(pod).stream()
        .filter(gate -> gate.equals(OF_LABEL) || gate.startsWith(OF_LABEL + "."))
        .toList();
  }

  static List<PodSchedulingGate> named(String... names) {
    return Arrays.stream(names).map(PodSchedulingGate::new).toList();
  }
}
