package dev.schemaversion.e2e.scale;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Sends an administrator's requests by impersonating the operator, so with the operator's shipped
 * rights.
 */
final class AsOperator {
  private static final String NAMESPACE = "schemaversion-system";
  private static final String USER =
      "system:serviceaccount:" + NAMESPACE + ":schemaversion-operator";
  private static final List<String> GROUPS =
      List.of(
          "system:serviceaccounts", "system:serviceaccounts:" + NAMESPACE, "system:authenticated");

  private static final String ACCEPT_ENCODING = "accept-encoding";

  /** The rest is about a connection, and each of the two has its own. */
  private static final Set<String> FORWARDED =
      Set.of("accept", ACCEPT_ENCODING, "content-type", "user-agent");

  private AsOperator() {}

  /**
   * The same request for the API server.
   *
   * @param plain whether the answer must not be compressed
   */
  static HttpRequest request(Api api, HttpExchange exchange, boolean plain) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    var request = api.request(exchange.getRequestURI().toString());
    request.method(
        exchange.getRequestMethod(),
        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              var lower = name.toLowerCase(Locale.ROOT);
              if (FORWARDED.contains(lower) && !(plain && lower.equals(ACCEPT_ENCODING))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    request.header("Impersonate-User", USER);
    GROUPS.forEach(group -> request.header("Impersonate-Group", group));
    return request.build();
  }
}
