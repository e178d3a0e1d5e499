package dev.schemaversion.operator;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.decide.Workload;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;

/** Deployments as workloads. */
final class Deployments {
  private Deployments() {}

  /** What a Deployment says it needs, and whether the policy holds it. */
  static Workload workload(Deployment deployment) {
    var metadata = deployment.getMetadata();
    var template = annotations(deployment.getSpec().getTemplate().getMetadata());
    return new Workload(
        "Deployment",
        metadata.getName(),
        labels(metadata).get(Names.REQUIRES),
        template.get(Names.MIN_VERSION),
        template.get(Names.MAX_VERSION),
        "true".equals(annotations(metadata).get(Names.HELD)));
  }

  private static Map<String, String> labels(ObjectMeta metadata) {
    return metadata == null || metadata.getLabels() == null ? Map.of() : metadata.getLabels();
  }

  private static Map<String, String> annotations(ObjectMeta metadata) {
    return metadata == null || metadata.getAnnotations() == null
        ? Map.of()
        : metadata.getAnnotations();
  }
}
