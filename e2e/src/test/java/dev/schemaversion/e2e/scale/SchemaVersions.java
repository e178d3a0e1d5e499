package dev.schemaversion.e2e.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Creates SchemaVersions in a namespace, each with its own database and all with the same
 * migrations.
 */
final class SchemaVersions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Api api;
  private final String namespace;

  /** Of a namespace that is there or is made now. */
  SchemaVersions(ApiServer server, String namespace) {
    this.api = server.api();
    this.namespace = server.namespace(namespace);
    api.create(
        core("configmaps"),
        Map.of(
            "metadata", Map.of("name", "migrations"),
            "data", Map.of("V1__a.sql", "CREATE TABLE a (id int);\n")));
  }

  /** Creates one; nothing more is in its metadata than its name. */
  void create(String name) {
    create(name, Map.of());
  }

  /** Creates one with further metadata. */
  void create(String name, Map<String, ?> metadata) {
    var all = new HashMap<String, Object>(metadata);
    all.put("name", name);
    api.create(
        path(),
        Map.of(
            "apiVersion",
            "schemaversion.dev/v1alpha1",
            "kind",
            "SchemaVersion",
            "metadata",
            all,
            "spec",
            Map.of(
                "version", "1",
                "database",
                    Map.of(
                        "engine",
                        "PostgreSQL",
                        "host",
                        name,
                        "name",
                        "db",
                        "secretRef",
                        Map.of("name", "db")),
                "migrations", Map.of("configMapRefs", List.of(Map.of("name", "migrations"))))));
  }

  /** Writes a version into its status as if it were proven. */
  void record(String name, String version) {
    api.patch(
        path() + "/" + name + "/status",
        Map.of("status", Map.of("observedGeneration", 1, "version", version)));
  }

  /** The status of one; missing fields are missing nodes. */
  JsonNode status(String name) {
    return json(path() + "/" + name).path("status");
  }

  /** The status and the reason of a condition of one, such as {@code True AtVersion}. */
  String condition(String name, String type) {
    return StreamSupport.stream(status(name).path("conditions").spliterator(), false)
        .filter(condition -> condition.path("type").asText().equals(type))
        .map(c -> c.path("status").asText() + " " + c.path("reason").asText())
        .findFirst()
        .orElse("");
  }

  /** What Events warn of about one. */
  List<String> warnings(String name) {
    var events = json("/apis/events.k8s.io/v1/namespaces/" + namespace + "/events").path("items");
    return StreamSupport.stream(events.spliterator(), false)
        .filter(event -> event.at("/regarding/name").asText().equals(name))
        .filter(event -> event.path("type").asText().equals("Warning"))
        .map(event -> event.path("reason").asText() + ": " + event.path("note").asText())
        .toList();
  }

  /**
   * How many are at their version, by the columns that {@code kubectl get} prints: the objects
   * themselves may have hundreds of megabytes.
   */
  long atVersion() {
    var table = parse(api.table(path()));
    int version = columns(table).indexOf("VERSION");
    return StreamSupport.stream(table.path("rows").spliterator(), false)
        .filter(row -> row.path("cells").path(version).asText().equals("1"))
        .count();
  }

  private static List<String> columns(JsonNode table) {
    return StreamSupport.stream(table.path("columnDefinitions").spliterator(), false)
        .map(column -> column.path("name").asText())
        .toList();
  }

  private String path() {
    return "/apis/schemaversion.dev/v1alpha1/namespaces/" + namespace + "/schemaversions";
  }

  private String core(String resource) {
    return "/api/v1/namespaces/" + namespace + "/" + resource;
  }

  private JsonNode json(String path) {
    return parse(api.get(path));
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
