package dev.schemaversion.operator.gate;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.decide.gate.WorkloadRequirements;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.Objects;

/** Reads labels and annotations, which may be absent. */
final class Metadata {
  private Metadata() {}

  static Map<String, String> labels(ObjectMeta metadata) {
    return metadata == null ? Map.of() : Objects.requireNonNullElse(metadata.getLabels(), Map.of());
  }

  static Map<String, String> annotations(ObjectMeta metadata) {
    return metadata == null
        ? Map.of()
        : Objects.requireNonNullElse(metadata.getAnnotations(), Map.of());
  }

  /**
   * Reads the requirements.
   *
   * @param labelled the metadata with the label
   * @param pods the metadata with the annotations: the pod's or the pod template's
   */
  static WorkloadRequirements needs(ObjectMeta labelled, ObjectMeta pods) {
    return WorkloadRequirements.read(labels(labelled).get(Names.REQUIRES), annotations(pods));
  }
}
