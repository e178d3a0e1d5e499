package dev.schemaversion.e2e.stories;

import dev.schemaversion.e2e.Glance;

/**
 * A PostgreSQL server in a story's namespace.
 *
 * @param glance the story
 * @param name its Deployment's
 */
record Server(Glance glance, String name) {
  /** The one that the environment brings. */
  static Server ofTheEnvironment(Glance glance) {
    return new Server(glance, "postgres");
  }

  /** Brings up another one, empty, with the same user and password, and a Service of its own. */
  static Server another(Glance glance, String name) {
    glance.apply(
        "environment",
        manifests ->
            manifests
                .replace("name: postgres", "name: " + name)
                .replace("targetPort: postgres", "targetPort: " + name));
    glance.kubectl("rollout", "status", "deployment/" + name, "--timeout=240s");
    return new Server(glance, name);
  }

  /** From now on the Service that everybody knows leads here. */
  void answersAs(String service) {
    glance.kubectl(
        "patch",
        "service",
        service,
        "-p",
        "{\"spec\": {\"selector\": {\"app.kubernetes.io/name\": \"%1$s\"}, \"ports\": [{\"port\": 5432, \"targetPort\": \"%1$s\"}]}}"
            .formatted(name));
  }

  /** The name that the server gave itself when it was made. */
  String identifier() {
    return sql("postgres", "SELECT system_identifier FROM pg_control_system()").strip();
  }

  /** The whole database as text: schema, rows and sequences. */
  String dump() {
    return glance.kubectl("exec", deployment(), "--", "pg_dump", "-U", "glance", "-d", "glance");
  }

  /** Throws the database away and makes it again as it was when it was dumped. */
  void restore(String dump) {
    sql("postgres", "DROP DATABASE glance WITH (FORCE)");
    sql("postgres", "CREATE DATABASE glance");
    sql("glance", dump);
  }

  private String sql(String database, String script) {
    return glance.kubectlWithInput(
        script,
        "exec",
        "-i",
        deployment(),
        "--",
        "psql",
        "-U",
        "glance",
        "-d",
        database,
        "-v",
        "ON_ERROR_STOP=1",
        "-Atq");
  }

  private String deployment() {
    return "deployment/" + name;
  }
}
