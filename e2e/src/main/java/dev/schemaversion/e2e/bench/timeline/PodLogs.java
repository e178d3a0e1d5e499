package dev.schemaversion.e2e.bench.timeline;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads when the programs that migrate wrote the lines of their logs. The time is that of the node:
 * on a machine whose clock differs, lines seem to be outside of the measurement and are left out.
 *
 * @param start when the measurement began
 */
record PodLogs(KubernetesClient client, Instant start) {
  private static final int MAX_TEXT = 90;

  /** Flyway writes two lines for each migration. */
  private static final int MAX_LINES_AT_EITHER_END = 12;

  /** Returns the names of those containers of a pod that migrate and have ended. */
  static Stream<String> ended(Pod pod) {
    if (pod.getStatus() == null) {
      return Stream.empty();
    }
    return Stream.of(
            pod.getStatus().getInitContainerStatuses(), pod.getStatus().getContainerStatuses())
        .flatMap(List::stream)
        .filter(container -> States.MIGRATING.contains(container.getName()))
        .filter(
            container ->
                container.getState() != null && container.getState().getTerminated() != null)
        .map(ContainerStatus::getName);
  }

  /** Returns the lines of a container's log; none if the pod has been deleted meanwhile. */
  List<Moment> moments(Pod pod, String container) {
    try {
      var log =
          client
              .pods()
              .inNamespace(pod.getMetadata().getNamespace())
              .withName(pod.getMetadata().getName())
              .inContainer(container)
              .usingTimestamps()
              .getLog();
      return moments(States.subject(pod), log, start);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  /**
   * Returns the lines of a log.
   *
   * @param log lines that begin with a timestamp
   */
  static List<Moment> moments(String subject, String log, Instant start) {
    var moments = new ArrayList<Moment>();
    for (var line : log.lines().toList()) {
      var words = line.split(" ", 2);
      // Lines with an indent belong to the one before.
      if (words.length == 2 && !words[1].startsWith("  ")) {
        var text = words[1].substring(0, Math.min(MAX_TEXT, words[1].length()));
        moments.add(
            new Moment(
                "log of %s: %s".formatted(subject, text),
                moments.isEmpty() ? Part.START : Part.MIGRATION,
                Duration.between(start, Instant.parse(words[0])).toMillis()));
      }
    }
    if (moments.size() > 2 * MAX_LINES_AT_EITHER_END) {
      moments.subList(MAX_LINES_AT_EITHER_END, moments.size() - MAX_LINES_AT_EITHER_END).clear();
    }
    return moments;
  }
}
