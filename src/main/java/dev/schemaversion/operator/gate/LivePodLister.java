package dev.schemaversion.operator.gate;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.decide.gate.Workload;
import dev.schemaversion.decide.gate.WorkloadRequirements;
import dev.schemaversion.operator.watch.EventSources;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which pods of a namespace's workloads live: asked of the API server, and never of a cache. */
@ApplicationScoped
public class LivePodLister {
  /** Its containers have ended for good. */
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private final KubernetesClient client;

  LivePodLister(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Those that say which versions they run on, whatever they need. One that is Terminating lives
   * until it is gone; one that a gate of ours holds has never started.
   *
   * @param deployments those with our label: their pods may do without it
   */
  public List<Workload> in(String namespace, Collection<Deployment> deployments) {
    var labelled =
        deployments.stream()
            .collect(Collectors.toMap(d -> d.getMetadata().getName(), Function.identity()));
    var living = new ArrayList<Workload>();
    String rest = null;
    do {
      // Without a resourceVersion the answer is as new as the question.
      var page =
          client
              .pods()
              .inNamespace(namespace)
              .list(
                  new ListOptionsBuilder().withLimit(EventSources.PAGE).withContinue(rest).build());
      page.getItems().stream()
          .filter(pod -> !ENDED.contains(pod.getStatus().getPhase()))
          .filter(pod -> !Pods.gated(pod))
          .flatMap(pod -> workload(pod, labelled))
          .forEach(living::add);
      rest = page.getMetadata().getContinue();
    } while (rest != null && !rest.isEmpty());
    return List.copyOf(living);
  }

  private static Stream<Workload> workload(Pod pod, Map<String, Deployment> labelled) {
    var workload = Pods.workload(pod);
    if (Metadata.labels(pod.getMetadata()).containsKey(Names.REQUIRES)) {
      return Stream.of(workload);
    }
    var owner = workload.kind().equals(Deployments.KIND) ? labelled.get(workload.name()) : null;
    return owner == null
        ? Stream.empty()
        : Stream.of(
            new Workload(
                workload.kind(),
                workload.name(),
                WorkloadRequirements.read(
                    Metadata.labels(owner.getMetadata()).get(Names.REQUIRES),
                    Metadata.annotations(pod.getMetadata())),
                false));
  }
}
