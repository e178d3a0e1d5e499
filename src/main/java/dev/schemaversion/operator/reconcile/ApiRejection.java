package dev.schemaversion.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Set;

/** Distinguishes rejections of a request by the API server from transient failures. */
public final class ApiRejection {
  /** Bad request, forbidden (also by a quota or an admission policy), unprocessable. */
  private static final Set<Integer> CODES = Set.of(400, 403, 422);

  private ApiRejection() {}

  public static boolean is(KubernetesClientException exception) {
    return CODES.contains(exception.getCode());
  }
}
