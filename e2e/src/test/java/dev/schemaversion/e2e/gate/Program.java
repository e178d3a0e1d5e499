package dev.schemaversion.e2e.gate;

import dev.schemaversion.e2e.Restricted;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.function.UnaryOperator;

/**
 * A user's Deployment and changes of it, or a pod from the same template. Its pods are never
 * scheduled.
 */
final class Program {

  static final String REQUIRES = "schemaversion.dev/requires";
  static final String MIN = "schemaversion.dev/min-version";
  static final String MAX = "schemaversion.dev/max-version";
  static final String REQUIREMENTS = "schemaversion.dev/requirements";
  static final String VERIFIED = "schemaversion.dev/verified";

  private Program() {}

  static Deployment deployment(String name) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withReplicas(0)
        .withNewSelector()
        .addToMatchLabels("app", name)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels("app", name)
        .endMetadata()
        .withNewSpec()
        .withSecurityContext(Restricted.pod())
        .addToNodeSelector("schemaversion.dev/nowhere", "true")
        .addNewContainer()
        .withName("program")
        .withImage("localhost/program:1")
        .withSecurityContext(Restricted.container())
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  static Deployment requiring(String name, String schemaVersion, String min) {
    return labelled(schemaVersion).andThen(needing(min)).apply(deployment(name));
  }

  /** Returns a pod from the Deployment's template, with the Deployment's label. */
  static Pod pod(Deployment program) {
    var template = program.getSpec().getTemplate();
    var pod =
        new PodBuilder()
            .withMetadata(template.getMetadata())
            .editMetadata()
            .withGenerateName(program.getMetadata().getName() + "-")
            .endMetadata()
            .withSpec(template.getSpec());
    var labels = program.getMetadata().getLabels();
    return labels != null && labels.containsKey(REQUIRES)
        ? pod.editMetadata().addToLabels(REQUIRES, labels.get(REQUIRES)).endMetadata().build()
        : pod.build();
  }

  static UnaryOperator<Deployment> labelled(String schemaVersion) {
    return editing(d -> d.editMetadata().addToLabels(REQUIRES, schemaVersion).endMetadata());
  }

  static UnaryOperator<Deployment> podLabelled(String schemaVersion) {
    return editing(
        d ->
            d.editSpec()
                .editTemplate()
                .editMetadata()
                .addToLabels(REQUIRES, schemaVersion)
                .endMetadata()
                .endTemplate()
                .endSpec());
  }

  static UnaryOperator<Deployment> unlabelled() {
    return editing(d -> d.editMetadata().removeFromLabels(REQUIRES).endMetadata());
  }

  static UnaryOperator<Deployment> needing(String min) {
    return podAnnotation(MIN, min);
  }

  static UnaryOperator<Deployment> atMost(String max) {
    return podAnnotation(MAX, max);
  }

  static UnaryOperator<Deployment> further(String requirements) {
    return podAnnotation(REQUIREMENTS, requirements);
  }

  /** Adds scheduling gates to the template. */
  static UnaryOperator<Deployment> gated(String... gates) {
    return editing(
        d ->
            d.editSpec()
                .editTemplate()
                .editSpec()
                .addAllToSchedulingGates(Gates.named(gates))
                .endSpec()
                .endTemplate()
                .endSpec());
  }

  static UnaryOperator<Deployment> image(String image) {
    return editing(
        d ->
            d.editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage(image)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec());
  }

  static UnaryOperator<Deployment> paused(Boolean paused) {
    return editing(d -> d.editSpec().withPaused(paused).endSpec());
  }

  static UnaryOperator<Deployment> replicas(int replicas) {
    return editing(d -> d.editSpec().withReplicas(replicas).endSpec());
  }

  static UnaryOperator<Deployment> marked(String value) {
    return annotated(Verdict.MARK, value);
  }

  static UnaryOperator<Deployment> unmarked() {
    return editing(d -> d.editMetadata().removeFromAnnotations(Verdict.MARK).endMetadata());
  }

  static UnaryOperator<Deployment> annotated(String key, String value) {
    return editing(d -> d.editMetadata().addToAnnotations(key, value).endMetadata());
  }

  /** Combines several changes in one request. */
  @SafeVarargs
  static UnaryOperator<Deployment> together(UnaryOperator<Deployment>... changes) {
    return deployment -> {
      var changed = deployment;
      for (var change : changes) {
        changed = change.apply(changed);
      }
      return changed;
    };
  }

  static UnaryOperator<Deployment> podAnnotation(String key, String value) {
    return editing(
        d ->
            d.editSpec()
                .editTemplate()
                .editMetadata()
                .addToAnnotations(key, value)
                .endMetadata()
                .endTemplate()
                .endSpec());
  }

  private static UnaryOperator<Deployment> editing(UnaryOperator<DeploymentBuilder> edit) {
    return deployment -> edit.apply(new DeploymentBuilder(deployment)).build();
  }
}
