package dev.schemaversion.e2e.gate;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodFluent;
import java.util.function.UnaryOperator;

/** Ways in which a stored pod changes. */
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

  /** Whatever gates it has, ours or not, go. */
  static UnaryOperator<Pod> ungated() {
    return gated();
  }

  /** It has these gates then and no others. */
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
