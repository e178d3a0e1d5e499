package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.schemaversion.e2e.Glance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Queries and waits that several stories share. */
public final class Stories {
  static final String OUR_JOBS = "schemaversion.dev/resource=glance";
  static final String REGISTRY = "app.kubernetes.io/name=glance-registry";

  private Stories() {}

  /** Returns when the last sync Job's runner ended, from the status of its container. */
  static Instant syncEnded(Glance glance) {
    var ended = Instant.MIN;
    for (var pod : glance.list("pods", "schemaversion.dev/step=sync")) {
      ended = Instant.parse(state(pod).at("/terminated/finishedAt").asText());
    }
    return ended;
  }

  /** Returns when the containers of the new registry's pods started. */
  static List<Instant> registryStarts(Glance glance) {
    var starts = new ArrayList<Instant>();
    for (var pod : glance.list("pods", REGISTRY + ",schemaversion.dev/requires=glance")) {
      starts.add(Instant.parse(state(pod).at("/running/startedAt").asText()));
    }
    return starts;
  }

  /** Applies the example, and asserts that the claim is refused and nothing is written. */
  static void refused(Glance glance, Supplier<String> dump, String app, String reason) {
    var before = dump.get();

    glance.apply(app);
    glance.await("Stalled");

    assertThat(glance.condition("Stalled").get("reason").asText()).isEqualTo(reason);
    assertThat(glance.condition("Proven").get("status").asText()).isEqualTo("False");
    assertThat(glance.condition("Proven").get("reason").asText()).isEqualTo(reason);
    assertThat(glance.get("sv", "glance").at("/status").has("version")).isFalse();
    assertThat(dump.get()).isEqualTo(before);
    assertThat(glance.get("deployment", "glance-registry").at("/spec/paused").asBoolean()).isTrue();
    assertThat(glance.list("pods", REGISTRY)).isEmpty();
    assertThat(glance.get("sv", "glance").at("/status/held").asInt()).isEqualTo(1);
  }

  /** Returns the names of all existing Jobs. An ended Job may be deleted at any time. */
  static List<String> jobs(Glance glance) {
    return glance
        .list("jobs", OUR_JOBS)
        .valueStream()
        .map(job -> job.at("/metadata/name").asText())
        .toList();
  }

  /** Returns the differences of the schema, from the status. */
  static List<String> differences(Glance glance) {
    var differences = new ArrayList<String>();
    glance.get("sv", "glance").at("/status/proof/first").forEach(d -> differences.add(d.asText()));
    return differences;
  }

  /** Returns the history of Jobs in their order. */
  static List<String> outcomes(Glance glance) {
    var outcomes = new ArrayList<String>();
    glance
        .get("sv", "glance")
        .at("/status/history")
        .forEach(operation -> outcomes.add(operation.get("reason").asText()));
    return outcomes;
  }

  /**
   * The Jobs so far, in their order: step, how it ended, and the version it found or reached.
   * Without verify Jobs, of which status keeps the last only.
   */
  static List<String> steps(Glance glance) {
    var steps = new ArrayList<String>();
    glance
        .get("sv", "glance")
        .at("/status/history")
        .forEach(
            operation ->
                steps.add(
                    "%s %s %s"
                        .formatted(
                            operation.get("step").asText(),
                            operation.get("reason").asText(),
                            operation.hasNonNull("version")
                                ? operation.get("version").asText()
                                : null)));
    steps.removeIf(step -> step.startsWith("verify "));
    return steps;
  }

  /**
   * Waits until an Event on the SchemaVersion matches: type, reason and note. Events come after the
   * status that they tell of.
   */
  static void awaitEvent(Glance glance, String pattern) {
    await()
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(events(glance)).containsPattern(pattern));
  }

  /** Returns type, reason and note of the Events on the SchemaVersion. */
  private static String events(Glance glance) {
    return glance.kubectl(
        "get",
        "events",
        "--field-selector=involvedObject.kind=SchemaVersion",
        "--sort-by=.metadata.creationTimestamp",
        "-o",
        "go-template={{range .items}}{{.type}} {{.reason}}: {{.message}}{{\"\\n\"}}{{end}}");
  }

  /** Annotates the SchemaVersion. */
  static void annotate(Glance glance, String name, String value) {
    glance.kubectl(
        "annotate", "sv", "glance", "--overwrite", "schemaversion.dev/" + name + "=" + value);
  }

  /** Has the operator try again, and waits until it is refused again. */
  static void retry(Glance glance, String why) {
    int jobs = steps(glance).size();
    annotate(glance, "retry", why);
    await().atMost(Duration.ofMinutes(4)).until(() -> steps(glance).size() > jobs);
    glance.await("Stalled");
  }

  /** What the operator says of a refusal. */
  static String refusal(Glance glance) {
    return glance.condition("Stalled").get("message").asText();
  }

  /** Changes the SchemaVersion's spec by a merge patch. */
  static void change(Glance glance, String spec) {
    glance.kubectl(
        "patch", "sv", "glance", "--type=merge", "-p", "{\"spec\": {%s}}".formatted(spec));
  }

  /** Adds a line to the spec of the SchemaVersion in manifests. */
  public static UnaryOperator<String> with(String line) {
    var version = Pattern.compile("(?m)^  version: .+$");
    return manifests ->
        version.matcher(manifests).replaceFirst(Matcher.quoteReplacement("  " + line) + "\n$0");
  }

  /** The manifests of a recipe of deploy/samples/tools, with the names of the environment. */
  public static String recipe(Glance glance, String folder) {
    return glance.manifests("../tools/" + folder).replaceAll("(?m): shop\\b", ": glance");
  }

  /** Applies a recipe after a change of its manifests. */
  public static void applyRecipe(Glance glance, String folder, UnaryOperator<String> change) {
    glance.kubectlWithInput(change.apply(recipe(glance, folder)), "apply", "-f", "-");
  }

  /** Adds a file to the ConfigMap of migrations. */
  static void addMigration(Glance glance, String file, String sql) {
    addMigration(glance, "glance-migrations", file, sql);
  }

  /** Adds a file to a ConfigMap of migrations. */
  static void addMigration(Glance glance, String configMap, String file, String sql) {
    addMigrations(glance, configMap, Map.of(file, sql));
  }

  /** Adds several files to the ConfigMap of migrations at once. */
  static void addMigrations(Glance glance, Map<String, String> files) {
    addMigrations(glance, "glance-migrations", files);
  }

  private static void addMigrations(Glance glance, String configMap, Map<String, String> files) {
    var patch = new ObjectMapper().createObjectNode();
    var data = patch.putObject("data");
    files.forEach(data::put);
    glance.kubectl("patch", "configmap", configMap, "--type=merge", "-p", patch.toString());
  }

  /** Changes the wanted version. */
  public static void want(Glance glance, String version) {
    change(glance, "\"version\": \"%s\"".formatted(version));
  }

  private static JsonNode state(JsonNode pod) {
    return pod.at("/status/containerStatuses/0/state");
  }
}
