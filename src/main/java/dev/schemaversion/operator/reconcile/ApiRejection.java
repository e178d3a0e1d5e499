package dev.schemaversion.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Set;

/** An answer of the API server that is about the request, and no passing trouble. */
public final class ApiRejection {
  /** Bad request, forbidden (also by a quota or a policy), unprocessable. */
  private static final Set<Integer> CODES = Set.of(400, 403, 422);

  private ApiRejection() {}

  public static boolean is(KubernetesClientException answer) {
    return CODES.contains(answer.getCode());
  }
}
