package dev.schemaversion.e2e.matrix;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.schemaversion.e2e.Glance;
import java.util.List;
import java.util.Map;

/**
 * The one server of all databases, with a database beside them in which programs write down that
 * they have started.
 */
final class Witness {
  private final Glance glance;

  /** On the server of this environment, which is there. */
  Witness(Glance glance) {
    this.glance = glance;
    glance.psql("CREATE DATABASE witness");
    psql("CREATE TABLE starts (namespace text, workload text, saw text)");
  }

  /** The name that programs of other namespaces call the server by. */
  String host() {
    return "postgres." + glance.namespace();
  }

  /** Makes an empty database. */
  void create(String database) {
    glance.psql("CREATE DATABASE " + database);
  }

  /** What every start so far saw, by namespace and workload. */
  Map<String, List<String>> starts() {
    return psql("SELECT namespace || '/' || workload || '=' || saw FROM starts")
        .lines()
        .map(line -> line.split("=", 2))
        .collect(groupingBy(parts -> parts[0], mapping(parts -> parts[1], toList())));
  }

  /** The workloads of a namespace that have started. */
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
