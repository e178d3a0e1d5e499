package dev.schemaversion.e2e.stories;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Deployment {@code api}, one pod of which follows the other.
 *
 * @param glance the story
 */
record RollOut(Glance glance, Cluster cluster) {
  /** Applies the release that runs on a range of versions. */
  void apply(String min, String max) {
    glance.kubectlWithInput(Containers.deployment(cluster, "api", min, max), "apply", "-f", "-");
  }

  /** Whether a pod runs that needs just this version. */
  boolean ready(String min) {
    return pods()
        .anyMatch(
            pod ->
                pod.at("/status/phase").asText().equals("Running")
                    && pod.at("/metadata/annotations/schemaversion.dev~1min-version")
                        .asText()
                        .equals(min));
  }

  /** The pods that the gate holds. */
  List<JsonNode> gated() {
    return pods().filter(pod -> !pod.at("/spec/schedulingGates").isEmpty()).toList();
  }

  private Stream<JsonNode> pods() {
    return glance.list("pods", "app=api").valueStream();
  }

  /** When the last sync began. */
  Instant syncStarted() {
    var started = Instant.MIN;
    for (var pod : glance.list("pods", "schemaversion.dev/step=sync")) {
      var at = pod.at("/status/containerStatuses/0/state/terminated/startedAt").asText();
      started = Instant.parse(at).isAfter(started) ? Instant.parse(at) : started;
    }
    return started;
  }

  /** When containers of pods that run on versions up to this one were last seen to have ended. */
  static Instant lastEnd(List<Pod> states, String max) {
    return states.stream()
        .filter(
            pod ->
                max.equals(
                    pod.getMetadata().getAnnotations() == null
                        ? null
                        : pod.getMetadata().getAnnotations().get("schemaversion.dev/max-version")))
        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
        .flatMap(status -> Stream.ofNullable(status.getState().getTerminated()))
        .map(ended -> Instant.parse(ended.getFinishedAt()))
        .max(Instant::compareTo)
        .orElseThrow();
  }
}
