package dev.schemaversion.e2e.scale;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A request to the API server in the words of its authorization.
 *
 * @param verb such as {@code list}
 * @param resource such as {@code configmaps} or {@code schemaversions/status}; the path itself
 *     where it is about none
 * @param namespace empty where it is about all
 * @param query without its question mark, perhaps empty
 */
record ApiRequest(String verb, String resource, String namespace, String query) {

  static ApiRequest of(String method, URI uri) {
    var query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    var parts = Arrays.asList(uri.getPath().substring(1).split("/"));
    int group = parts.getFirst().equals("api") ? 2 : parts.getFirst().equals("apis") ? 3 : -1;
    if (group < 0 || parts.size() <= group) {
      return new ApiRequest(method.toLowerCase(Locale.ROOT), uri.getPath(), "", query);
    }
    boolean namespaced = parts.get(group).equals("namespaces") && parts.size() > group + 2;
    var about = parts.subList(namespaced ? group + 2 : group, parts.size());
    return new ApiRequest(
        verb(method, about, query),
        about.size() > 2 ? about.getFirst() + "/" + about.getLast() : about.getFirst(),
        namespaced ? parts.get(group + 1) : "",
        query);
  }

  private static String verb(String method, List<String> about, String query) {
    return switch (method) {
      case "GET" ->
          query.contains("watch=true") || query.contains("watch=1")
              ? "watch"
              : about.size() == 1 ? "list" : "get";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      default -> method.toLowerCase(Locale.ROOT);
    };
  }

  boolean is(String verb) {
    return this.verb.equals(verb);
  }

  /** Whether it is about this resource, or its status. */
  boolean about(String resource) {
    return this.resource.equals(resource) || this.resource.startsWith(resource + "/");
  }

  /** Whether it renews the lease by which replicas agree, which never ends. */
  boolean renewsLease() {
    return resource.equals("leases");
  }
}
