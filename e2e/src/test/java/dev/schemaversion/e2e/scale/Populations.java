package dev.schemaversion.e2e.scale;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The objects that exist on the API server when the operator starts. Each population is created
 * once.
 */
final class Populations {
  /** So many objects have a namespace together. */
  private static final int TOGETHER = 100;

  private static final String PRESENT = "present";

  private final ApiServer server;
  private final Map<String, SchemaVersions> databases = new ConcurrentHashMap<>();

  Populations(ApiServer server) {
    this.server = server;
  }

  /** ConfigMaps that no SchemaVersion references. */
  void foreignConfigMaps(int count, int bytes) {
    var content = "x".repeat(bytes);
    Api.each(
        count,
        i ->
            server
                .api()
                .create(
                    "/api/v1/namespaces/" + namespace("foreign", i) + "/configmaps",
                    Map.of(
                        "metadata",
                        Map.of("name", "foreign-%d-%d".formatted(bytes, i)),
                        "data",
                        Map.of("content", content))));
  }

  /**
   * As many pods as Deployments, all labelled. The database of four out of five is there, so that
   * they run; the fifth waits for one that is not.
   */
  void labelled(int count) {
    Stream.iterate(0, i -> i < count, i -> i + TOGETHER)
        .forEach(i -> present(namespace("labelled", i)));
    Api.each(
        count,
        i -> {
          var workloads = new Workloads(server, namespace("labelled", i));
          var requires = i % 5 == 0 ? "absent" : PRESENT;
          workloads.pod("pod-" + i, requires);
          workloads.deployment("deployment-" + i, requires);
          if (requires.equals(PRESENT)) {
            workloads.runs("pod-" + i);
          }
        });
  }

  private void present(String namespace) {
    var resources = new SchemaVersions(server, namespace);
    resources.create(PRESENT);
    resources.record(PRESENT, "1");
  }

  /** SchemaVersions, new to the operator. */
  void schemaVersions(int from, int to) {
    Api.each(to - from, i -> databases(from + i).create("database-" + (from + i)));
  }

  /** How many SchemaVersions of {@link #schemaVersions} are at their version. */
  long atVersion(int count) {
    return Stream.iterate(0, i -> i < count, i -> i + TOGETHER)
        .mapToLong(i -> databases(i).atVersion())
        .sum();
  }

  private SchemaVersions databases(int number) {
    return databases.computeIfAbsent(
        namespace("database", number), name -> new SchemaVersions(server, name));
  }

  private String namespace(String kind, int number) {
    return server.namespace(kind + "-" + number / TOGETHER);
  }
}
