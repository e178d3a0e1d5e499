package dev.schemaversion.cli.kubectl.show;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.cli.kubectl.cluster.Cluster;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.kubectl.cluster.NamedResource;
import dev.schemaversion.cli.kubectl.cluster.Scope;
import dev.schemaversion.contract.Step;
import dev.schemaversion.desired.JobFactory;
import dev.schemaversion.desired.Labels;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code logs}: the logs of the newest Job. */
@Command(
    name = "logs",
    description = "Prints the logs of the newest Job, each line with its container.")
public final class LogsCommand implements Runnable {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  @Mixin private NamedResource target;

  @Option(
      names = "--step",
      paramLabel = "STEP",
      description = "The newest Job of this step: baseline, sync, verify, prove or plan.")
  private Step step;

  @Option(
      names = {"-f", "--follow"},
      description = "Follows the log of the runner until the Job ends.")
  private boolean follow;

  @Override
  public void run() {
    try (var cluster = target.connect()) {
      var resource = target.in(cluster);
      var pod =
          cluster.pods(Scope.of(resource)).stream()
              .filter(
                  each ->
                      step == null
                          || step.label().equals(each.getMetadata().getLabels().get(Labels.STEP)))
              .findFirst()
              .orElseThrow(() -> new Failure(noPod()));
      target.terminal().note("Pod " + pod.getMetadata().getName());
      var containers = containers(pod);
      for (var container : containers) {
        boolean runner = container.equals(JobFactory.CONTAINER);
        if (runner && follow) {
          awaitStart(cluster, resource, pod);
          follow(cluster, pod);
        } else {
          print(cluster, pod, container);
        }
      }
    }
  }

  private String noPod() {
    return "%s has no pod of a %sJob, so there is no log. Finished Jobs are kept as spec.job.history says; see: kubectl schemaversion history %s"
        .formatted(target.name(), step == null ? "" : step.label() + " ", target.name());
  }

  /** The runner comes last, because its log is what people look for. */
  private static List<String> containers(Pod pod) {
    return Stream.concat(
            pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
        .map(Container::getName)
        .sorted((one, other) -> Boolean.compare(isRunner(one), isRunner(other)))
        .toList();
  }

  private static boolean isRunner(String container) {
    return container.equals(JobFactory.CONTAINER);
  }

  private void print(Cluster cluster, Pod pod, String container) {
    try {
      cluster.log(pod, container).lines().forEach(line -> line(container, line));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_BAD_REQUEST) {
        throw e;
      }
      // The container has not started.
      target.terminal().note("%s has no log yet".formatted(container));
    }
  }

  /** The API server refuses the log of a container that has not started. */
  private void awaitStart(Cluster cluster, SchemaVersion resource, Pod pod) {
    var name = pod.getMetadata().getName();
    boolean announced = false;
    for (var current = Optional.of(pod);
        current.filter(LogsCommand::runnerStarted).isEmpty();
        current =
            cluster.pods(Scope.of(resource)).stream()
                .filter(each -> each.getMetadata().getName().equals(name))
                .findFirst()) {
      if (current.isEmpty()) {
        throw new Failure(
            "The pod was deleted before its runner started. See: kubectl schemaversion status "
                + target.name());
      }
      if (!announced) {
        target.terminal().note("The runner has not started yet.");
        announced = true;
      }
      if (!target.terminal().pause().of(INTERVAL)) {
        throw new Failure(
            "The runner has not started. See what its pod waits for: kubectl schemaversion status "
                + target.name());
      }
    }
  }

  private static boolean runnerStarted(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getContainerStatuses().stream()
            .filter(container -> isRunner(container.getName()))
            .map(ContainerStatus::getState)
            .filter(Objects::nonNull)
            .anyMatch(state -> state.getRunning() != null || state.getTerminated() != null);
  }

  private void follow(Cluster cluster, Pod pod) {
    try (var watch = cluster.follow(pod, JobFactory.CONTAINER);
        var lines =
            new BufferedReader(new InputStreamReader(watch.getOutput(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        line(JobFactory.CONTAINER, line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void line(String container, String line) {
    target.terminal().print("[" + container + "] " + line);
  }
}
