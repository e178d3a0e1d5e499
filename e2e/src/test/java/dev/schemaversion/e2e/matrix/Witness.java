package dev.schemaversion.e2e.matrix;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.schemaversion.e2e.Glance;
import java.util.List;
import java.util.Map;

/**
 * The server of all databases, with an additional database in which programs record their starts.
 */
final class Witness {
  private final Glance glance;

  /** Uses the running server of this environment. */
  Witness(Glance glance) {
    this.glance = glance;
    glance.psql("CREATE DATABASE witness");
    psql("CREATE TABLE starts (namespace text, workload text, saw text)");
  }

  /** Returns the server's host name for other namespaces. */
  String host() {
    return "postgres." + glance.namespace();
  }

  /** Creates an empty database. */
  void create(String database) {
    glance.psql("CREATE DATABASE " + database);
  }

  /** Returns the versions that all starts found, by namespace and workload. */
  Map<String, List<String>> starts() {
    return psql("SELECT namespace || '/' || workload || '=' || saw FROM starts")
        .lines()
        .map(line -> line.split("=", 2))
        .collect(groupingBy(parts -> parts[0], mapping(parts -> parts[1], toList())));
  }

  /** Returns the workloads of a namespace that have started. */
  List<String> started(String namespace) {
    return psql("SELECT DISTINCT workload FROM starts WHERE namespace = '%s'".formatted(namespace))
        .lines()
        .toList();
  }

  private String psql(String sql) {
    return glance
        .kubectl(
            "exec",
            "deployment/postgres",
            "--",
            "psql",
            "-U",
            "glance",
            "-d",
            "witness",
            "-v",
            "ON_ERROR_STOP=1",
            "-Atqc",
            sql)
        .strip();
  }
}
