package dev.schemaversion.operator.gate;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateStatefulSetStrategy;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetOrdinals;
import io.fabric8.kubernetes.api.model.apps.StatefulSetUpdateStrategy;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds pods of an obsolete revision of a StatefulSet. The StatefulSet's controller replaces such a
 * pod only when the pod is ready. A gated pod is never ready, so a roll-back would hang for ever.
 */
final class StatefulSets {
  static final String KIND = "StatefulSet";
  static final String REVISION = "controller-revision-hash";

  private static final Pattern ORDINAL = Pattern.compile(".*-([0-9]{1,9})");

  private StatefulSets() {}

  /**
   * Whether the StatefulSet would now create this pod from another revision; false if the status
   * does not show it with certainty.
   */
  static boolean obsolete(Pod pod, StatefulSet set) {
    var status = set.getStatus();
    boolean statusIsCurrent =
        status != null
            && set.getMetadata().getDeletionTimestamp() == null
            && set.getMetadata().getGeneration() != null
            && set.getMetadata().getGeneration().equals(status.getObservedGeneration())
            && Pods.owner(pod)
                .filter(owner -> owner.getUid().equals(set.getMetadata().getUid()))
                .isPresent();
    if (!statusIsCurrent) {
      return false;
    }
    var revision = Metadata.labels(pod.getMetadata()).get(REVISION);
    var wanted =
        isBelowPartition(pod, set) ? status.getCurrentRevision() : status.getUpdateRevision();
    return revision != null && wanted != null && !wanted.isEmpty() && !wanted.equals(revision);
  }

  /** Whether the update strategy's partition keeps this pod at the current revision. */
  private static boolean isBelowPartition(Pod pod, StatefulSet set) {
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
