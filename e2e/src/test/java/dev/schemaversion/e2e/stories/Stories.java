package dev.schemaversion.e2e.stories;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.schemaversion.e2e.Glance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What several stories look at. */
final class Stories {
  static final String OUR_JOBS = "schemaversion.dev/resource=glance";
  static final String REGISTRY = "app.kubernetes.io/name=glance-registry";

  private Stories() {}

  /** When the last sync Job's runner ended, as its container says. */
  static Instant syncEnded(Glance glance) {
    var ended = Instant.MIN;
    for (var pod : glance.list("pods", "schemaversion.dev/step=sync")) {
      ended = Instant.parse(state(pod).at("/terminated/finishedAt").asText());
    }
    return ended;
  }

  /** When the containers of the registry's pods that need the new schema started. */
  static List<Instant> registryStarts(Glance glance) {
    var starts = new ArrayList<Instant>();
    for (var pod : glance.list("pods", REGISTRY + ",schemaversion.dev/requires=glance")) {
      starts.add(Instant.parse(state(pod).at("/running/startedAt").asText()));
    }
    return starts;
  }

  /** How many Jobs there are, whatever they are for. */
  static int jobs(Glance glance) {
    return glance.list("jobs", OUR_JOBS).size();
  }

  /** Adds a file to the ConfigMap of migrations. */
  static void addMigration(Glance glance, String file, String sql) {
    var patch = new ObjectMapper().createObjectNode();
    patch.putObject("data").put(file, sql);
    glance.kubectl(
        "patch", "configmap", "glance-migrations", "--type=merge", "-p", patch.toString());
  }

  /** Changes the version that the database must be at. */
  static void want(Glance glance, String version) {
    glance.kubectl(
        "patch",
        "sv",
        "glance",
        "--type=merge",
        "-p",
        "{\"spec\": {\"version\": \"%s\"}}".formatted(version));
  }

  private static JsonNode state(JsonNode pod) {
    return pod.at("/status/containerStatuses/0/state");
  }
}
