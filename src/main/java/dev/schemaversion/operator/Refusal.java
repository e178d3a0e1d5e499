package dev.schemaversion.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Set;

/** An answer of the API server that is about the request, and no passing trouble. */
final class Refusal {
  /** Bad request, forbidden (also by a quota or a policy), unprocessable. */
  private static final Set<Integer> CODES = Set.of(400, 403, 422);

  private Refusal() {}

  static boolean is(KubernetesClientException answer) {
    return CODES.contains(answer.getCode());
  }
}
