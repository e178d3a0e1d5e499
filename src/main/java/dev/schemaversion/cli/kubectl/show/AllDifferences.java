package dev.schemaversion.cli.kubectl.show;

import dev.schemaversion.api.v1alpha1.ProofStatus;
import dev.schemaversion.cli.kubectl.cluster.Cluster;
import dev.schemaversion.cli.kubectl.view.DifferenceLog;
import dev.schemaversion.desired.JobFactory;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Finds all differences of a schema, of which the status has the first ones only. */
public final class AllDifferences {
  private AllDifferences() {}

  /**
   * Returns the differences, from the log of the Job where the status has not all of them.
   *
   * @param pods lists the pods of the resource's Jobs
   */
  public static List<String> of(Cluster cluster, ProofStatus proof, Supplier<List<Pod>> pods) {
    int count = Objects.requireNonNullElse(proof.differences(), 0);
    var first = Objects.requireNonNullElse(proof.first(), List.<String>of());
    if (count <= first.size()) {
      return first;
    }
    try {
      return pods.get().stream()
          .map(pod -> cluster.log(pod, JobFactory.CONTAINER))
          .map(log -> DifferenceLog.differences(log, proof.version(), count))
          .filter(found -> !found.isEmpty())
          .findFirst()
          .orElse(first);
    } catch (KubernetesClientException e) {
      // Without the right to read logs, or without the log, the status has what there is.
      return first;
    }
  }
}
