package dev.schemaversion.e2e.gate;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import java.util.Optional;

/**
 * The gate's result for a stored Deployment, read from pause and mark, or for a pod, read from its
 * scheduling gates.
 */
enum Verdict {
  /** Paused and marked by the gate. */
  HELD,
  /** Neither paused nor marked. */
  GOING,
  /** Paused without the mark. */
  PAUSED_BY_USER,
  /** Marked and not paused, which must never be stored. */
  MARKED_BUT_GOING;

  static final String MARK = "schemaversion.dev/held";

  static Verdict of(Deployment deployment) {
    var annotations =
        Optional.ofNullable(deployment.getMetadata().getAnnotations()).orElse(Map.of());
    boolean marked = annotations.containsKey(MARK);
    boolean paused = Boolean.TRUE.equals(deployment.getSpec().getPaused());
    if (marked) {
      return paused ? HELD : MARKED_BUT_GOING;
    }
    return paused ? PAUSED_BY_USER : GOING;
  }

  static Verdict of(Pod pod) {
    return Gates.ofOurs(pod).isEmpty() ? GOING : HELD;
  }

  /**
   * Returns the SchemaVersions that a held Deployment waits for, from its mark; null without a
   * mark.
   */
  static String mark(Deployment deployment) {
    var annotations = deployment.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(MARK);
  }
}
