package dev.schemaversion.operator.gate;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateStatefulSetStrategy;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetOrdinals;
import io.fabric8.kubernetes.api.model.apps.StatefulSetUpdateStrategy;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which pods a StatefulSet does not want any more. Its controller replaces a pod of another
 * revision only once that pod is ready, which a gated one never becomes: a roll-back while gated
 * would hang for ever.
 */
final class StatefulSets {
  static final String KIND = "StatefulSet";
  static final String REVISION = "controller-revision-hash";

  private static final Pattern ORDINAL = Pattern.compile(".*-([0-9]{1,9})");

  private StatefulSets() {}

  /** Whether the StatefulSet would make this pod otherwise now. What is not certain is kept. */
  static boolean obsolete(Pod pod, StatefulSet set) {
    var status = set.getStatus();
    boolean sure =
        status != null
            && set.getMetadata().getDeletionTimestamp() == null
            && set.getMetadata().getGeneration() != null
            && set.getMetadata().getGeneration().equals(status.getObservedGeneration())
            && Pods.owner(pod)
                .filter(owner -> owner.getUid().equals(set.getMetadata().getUid()))
                .isPresent();
    if (!sure) {
      return false;
    }
    var revision = Metadata.labels(pod.getMetadata()).get(REVISION);
    var wanted =
        keepsTheCurrent(pod, set) ? status.getCurrentRevision() : status.getUpdateRevision();
    return revision != null && wanted != null && !wanted.isEmpty() && !wanted.equals(revision);
  }

  /** Below the partition pods are made of the current revision, and would be again. */
  private static boolean keepsTheCurrent(Pod pod, StatefulSet set) {
    var spec = Optional.ofNullable(set.getSpec());
    int partition =
        spec.map(it -> it.getUpdateStrategy())
            .map(StatefulSetUpdateStrategy::getRollingUpdate)
            .map(RollingUpdateStatefulSetStrategy::getPartition)
            .orElse(0);
    int first = spec.map(it -> it.getOrdinals()).map(StatefulSetOrdinals::getStart).orElse(0);
    var ordinal = ORDINAL.matcher(pod.getMetadata().getName());
    return ordinal.matches() && Integer.parseInt(ordinal.group(1)) < first + partition;
  }
}
