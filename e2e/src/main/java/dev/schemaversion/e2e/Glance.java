package dev.schemaversion.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.schemaversion.e2e.cluster.Cluster;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Deploys the Glance example in its own namespace, and accesses it. */
public final class Glance implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SAMPLES = "deploy/samples/glance/";
  private static final String TIMEOUT = "--timeout=240s";
  private static final String SAMPLE_PASSWORD = "example-not-a-secret";

  /** The part of the password that identifies it in any text, however it is quoted or escaped. */
  public static final String PASSWORD_MARK = UUID.randomUUID().toString().replace("-", "");

  /** The password of this run's databases, which replaces that of the samples. */
  public static final String PASSWORD = "open%20 'sesame' & " + PASSWORD_MARK;

  private final Kubectl kubectl;
  private final ApiObjects objects;
  private final Manifests manifests;
  private final String namespace;

  /** Prepares the example for a namespace that does not exist yet. The images must be loaded. */
  public Glance(Cluster cluster, String namespace) {
    this.kubectl = new Kubectl(cluster, namespace);
    this.objects = new ApiObjects(cluster, namespace);
    this.manifests = new Manifests(cluster);
    this.namespace = namespace;
  }

  /** Loads the images that the example needs. */
  public static void loadImages(Cluster cluster) {
    cluster.load("postgres");
    cluster.load("glance-registry");
  }

  /** The namespace. */
  public String namespace() {
    return namespace;
  }

  /** Returns the manifests of one of the example's folders, in this namespace. */
  public String manifests(String folder) {
    return manifests
        .of(SAMPLES + folder)
        .replace("namespace: glance\n", "namespace: " + namespace + "\n")
        .replace(base64(SAMPLE_PASSWORD), base64(PASSWORD))
        .replaceAll(
            "(?m)^kind: Namespace\nmetadata:\n((?:  .*\n)*?)  name: glance$",
            "kind: Namespace\nmetadata:\n$1  name: " + namespace);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Applies one of the example's folders by one command. */
  public String apply(String folder) {
    return apply(folder, UnaryOperator.identity());
  }

  /** Applies one of the example's folders after a change of its manifests. */
  public String apply(String folder, UnaryOperator<String> change) {
    return kubectl.runWithInput(change.apply(manifests(folder)), "apply", "-f", "-");
  }

  /** Creates namespace and database, and waits until the database answers. */
  public Glance environment(String folder) {
    apply(folder);
    awaitDatabase();
    return this;
  }

  /** Waits until the database answers. */
  public void awaitDatabase() {
    kubectl(
        "rollout", "status", "deployment", "-l", "app.kubernetes.io/component=database", TIMEOUT);
  }

  /** Runs kubectl in this namespace. */
  public String kubectl(String... arguments) {
    return kubectl.run(arguments);
  }

  /** Runs kubectl in this namespace with a text on standard input. */
  public String kubectlWithInput(String input, String... arguments) {
    return kubectl.runWithInput(input, arguments);
  }

  /** Waits until the SchemaVersion has a condition. */
  public void await(String condition) {
    awaitFor("condition=" + condition);
  }

  /** Waits until a condition of the SchemaVersion has a reason. */
  public void awaitReason(String condition, String reason) {
    awaitFor(
        "jsonpath={.status.conditions[?(@.type==\"%s\")].reason}=%s".formatted(condition, reason));
  }

  /** Waits until the SchemaVersion records a version. */
  public void awaitVersion(String version) {
    awaitFor("jsonpath={.status.version}=" + version);
  }

  private void awaitFor(String what) {
    try {
      kubectl("wait", "sv/glance", "--for=" + what, TIMEOUT);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          e.getMessage() + "\n" + kubectl("describe", "sv", "glance"), e);
    }
  }

  /** Waits until the registry's roll-out is complete. */
  public void awaitRegistry() {
    kubectl("rollout", "status", "deployment/glance-registry", TIMEOUT);
  }

  /** An object of this namespace. */
  public JsonNode get(String kind, String name) {
    return objects.get(kind, name);
  }

  /** All objects of a kind in this namespace that have a label. */
  public JsonNode list(String kind, String selector) {
    return objects.list(kind, selector);
  }

  /** Returns a condition of the SchemaVersion, or a missing node. */
  public JsonNode condition(String type) {
    for (var condition : get("sv", "glance").at("/status/conditions")) {
      if (condition.get("type").asText().equals(type)) {
        return condition;
      }
    }
    return JSON.missingNode();
  }

  /** Returns the logs of all runners of a step whose pods still exist. */
  public String log(String step) {
    return kubectl("logs", "-l", "schemaversion.dev/step=" + step, "-c", "runner", "--tail=-1");
  }

  /** Returns the registry's response to a request through the API server's proxy. */
  public JsonNode registry(String path) {
    return json(
        kubectl.run(
            "get",
            "--raw",
            "/api/v1/namespaces/%s/services/glance-registry:9191/proxy%s"
                .formatted(namespace, path)));
  }

  /** Runs SQL in the database and returns the rows, one a line, columns separated by a bar. */
  public String psql(String sql) {
    return kubectl(
            "exec",
            "deployment/postgres",
            "--",
            "psql",
            "-U",
            "glance",
            "-d",
            "glance",
            "-v",
            "ON_ERROR_STOP=1",
            "-Atqc",
            sql)
        .strip();
  }

  /** Dumps the whole database: schema, rows and sequences. */
  public String dump() {
    // Without a fixed key two dumps of the same database would differ.
    return kubectl(
        "exec",
        "deployment/postgres",
        "--",
        "pg_dump",
        "-U",
        "glance",
        "-d",
        "glance",
        "--restrict-key=dump");
  }

  /** Deletes the namespace without waiting for the end. */
  @Override
  public void close() {
    kubectl.attempt("delete", "namespace", namespace, "--wait=false");
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON: " + text, e);
    }
  }
}
