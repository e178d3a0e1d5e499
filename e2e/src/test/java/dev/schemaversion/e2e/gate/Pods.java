package dev.schemaversion.e2e.gate;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodFluent;
import java.util.function.UnaryOperator;

/** Changes of stored pods. */
final class Pods {

  private Pods() {}

  static UnaryOperator<Pod> image(String image) {
    return spec(s -> s.editFirstContainer().withImage(image).endContainer());
  }

  static UnaryOperator<Pod> annotated(String key, String value) {
    return metadata(m -> m.addToAnnotations(key, value));
  }

  static UnaryOperator<Pod> unlabelled() {
    return metadata(m -> m.removeFromLabels(Program.REQUIRES));
  }

  /** Removes all gates. */
  static UnaryOperator<Pod> ungated() {
    return gated();
  }

  /** Replaces the gates. */
  static UnaryOperator<Pod> gated(String... gates) {
    return spec(s -> s.withSchedulingGates(Gates.named(gates)));
  }

  static UnaryOperator<Pod> metadata(
      UnaryOperator<PodFluent<PodBuilder>.MetadataNested<PodBuilder>> edit) {
    return pod -> edit.apply(new PodBuilder(pod).editMetadata()).endMetadata().build();
  }

  static UnaryOperator<Pod> spec(UnaryOperator<PodFluent<PodBuilder>.SpecNested<PodBuilder>> edit) {
    return pod -> edit.apply(new PodBuilder(pod).editSpec()).endSpec().build();
  }
}
