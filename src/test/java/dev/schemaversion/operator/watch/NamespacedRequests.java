package dev.schemaversion.operator.watch;

import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The namespaces that lists and watches of a mock API server were about. */
public final class NamespacedRequests {
  private static final Pattern COLLECTION =
      Pattern.compile("/(?:api/v1|apis/[^/]+/[^/]+)/(?:namespaces/([^/?]+)/)?[a-z]+(?:\\?.*)?");

  private NamespacedRequests() {}

  /**
   * Returns those of all lists and watches since the last call. All namespaces are the empty text.
   */
  public static Set<String> drain(KubernetesMockServer server) throws InterruptedException {
    var namespaces = new TreeSet<String>();
    var request = server.takeRequest(0, TimeUnit.SECONDS);
    while (request != null) {
      var path = COLLECTION.matcher(request.getPath());
      if (request.getMethod().equals("GET") && path.matches()) {
        namespaces.add(path.group(1) == null ? "" : path.group(1));
      }
      request = server.takeRequest(0, TimeUnit.SECONDS);
    }
    return namespaces;
  }
}
