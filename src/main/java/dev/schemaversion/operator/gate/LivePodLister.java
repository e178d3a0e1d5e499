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

/**
 * Lists the live pods of a namespace's labelled workloads by a request to the API server. The cache
 * may lag behind.
 */
@ApplicationScoped
public class LivePodLister {
  /** The phases of a pod whose containers have ended for good. */
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private final KubernetesClient client;

  LivePodLister(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Lists the live pods that declare requirements. A Terminating pod is live until it is deleted. A
   * pod that the gate holds is not live, because it has never started.
   *
   * @param deployments the labelled Deployments; their pods need no label of their own
   */
  public List<Workload> list(String namespace, Collection<Deployment> deployments) {
    var labelled =
        deployments.stream()
            .collect(Collectors.toMap(d -> d.getMetadata().getName(), Function.identity()));
    var live = new ArrayList<Workload>();
    String continueToken = null;
    do {
      // A list without a resourceVersion is consistent: it is as new as the request.
      var page =
          client
              .pods()
              .inNamespace(namespace)
              .list(
                  new ListOptionsBuilder()
                      .withLimit(EventSources.PAGE)
                      .withContinue(continueToken)
                      .build());
      page.getItems().stream()
          .filter(pod -> !ENDED.contains(pod.getStatus().getPhase()))
          .filter(pod -> !Pods.gated(pod))
          .flatMap(pod -> workload(pod, labelled))
          .forEach(live::add);
      continueToken = page.getMetadata().getContinue();
    } while (continueToken != null && !continueToken.isEmpty());
    return List.copyOf(live);
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
