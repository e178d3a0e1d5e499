package dev.schemaversion.cli.kubectl.cluster;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Explains to the user why the API server did not do what a command asked for. */
public final class ApiFailures {
  /** The message about a cluster without the CRD. */
  static final String NOT_INSTALLED =
      "The cluster has no resource schemaversions.schemaversion.dev, so the operator is not installed there. Install it (docs/operate.md), or choose another cluster with --context or --kubeconfig.";

  private ApiFailures() {}

  /** Returns the message for a request that failed. */
  public static String explain(KubernetesClientException failure, String server) {
    if (failure.getCode() <= 0) {
      return "The API server %s does not answer: %s. Check the connection, or choose another cluster with --context or --kubeconfig."
          .formatted(server, rootMessage(failure));
    }
    return switch (failure.getCode()) {
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          "The API server %s does not accept the credentials of the kubeconfig. Log in again, or choose another context with --context."
              .formatted(server);
      case HttpURLConnection.HTTP_FORBIDDEN ->
          "The API server refuses the request: %s. Ask for one of the roles in docs/kubectl-plugin.md#rights."
              .formatted(said(failure));
      case HttpURLConnection.HTTP_CONFLICT ->
          "The object was changed at the same time, so nothing was changed: %s. Run the command again."
              .formatted(said(failure));
      default -> "The API server answers with %d: %s.".formatted(failure.getCode(), said(failure));
    };
  }

  /** What the API server said, without the client's own words around it. */
  static String said(KubernetesClientException failure) {
    var message =
        Optional.ofNullable(failure.getStatus())
            .map(Status::getMessage)
            .orElseGet(() -> String.valueOf(failure.getMessage()));
    return message.strip().replaceFirst("\\.$", "");
  }

  private static String rootMessage(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
