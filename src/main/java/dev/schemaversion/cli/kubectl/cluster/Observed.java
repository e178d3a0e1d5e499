package dev.schemaversion.cli.kubectl.cluster;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.desired.Labels;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The objects of a resource, as the API server lists them.
 *
 * @param resource the resource
 * @param jobs its Jobs, the newest first
 * @param pods the pods of its Jobs, the newest first
 * @param workloads the labelled workloads of its namespace
 * @param events the Events about it
 * @param notes what the user may not read
 */
public record Observed(
    SchemaVersion resource,
    List<Job> jobs,
    List<Pod> pods,
    List<HasMetadata> workloads,
    List<Event> events,
    List<String> notes) {

  /** Lists the objects of a resource; what the user may not list is noted and left out. */
  public static Observed of(Cluster cluster, SchemaVersion resource) {
    return of(cluster, Scope.of(resource), List.of(resource)).getFirst();
  }

  /**
   * Lists the objects of all resources of the namespace, or of all namespaces. It lists each kind
   * once, because some requests for each resource would be thousands in a large cluster.
   */
  public static List<Observed> all(Cluster cluster, boolean allNamespaces) {
    return of(cluster, cluster.scope(allNamespaces), cluster.resources(allNamespaces));
  }

  private static List<Observed> of(Cluster cluster, Scope scope, List<SchemaVersion> resources) {
    if (resources.isEmpty()) {
      return List.of();
    }
    var notes = new ArrayList<String>();
    var jobs = permitted("Jobs", notes, () -> cluster.jobs(scope), Observed::resourceOf);
    var pods = permitted("pods", notes, () -> cluster.pods(scope), Observed::resourceOf);
    var workloads =
        permitted(
            "workloads",
            notes,
            () -> cluster.workloads(scope),
            workload -> workload.getMetadata().getNamespace());
    var events = permitted("Events", notes, () -> cluster.events(scope), Observed::subjectOf);
    return resources.stream()
        .map(
            resource ->
                new Observed(
                    resource,
                    jobs.getOrDefault(Scope.of(resource), List.of()),
                    pods.getOrDefault(Scope.of(resource), List.of()),
                    workloads.getOrDefault(resource.getMetadata().getNamespace(), List.of()),
                    events.getOrDefault(Scope.of(resource), List.of()),
                    notes))
        .toList();
  }

  private static Scope resourceOf(HasMetadata object) {
    var metadata = object.getMetadata();
    return new Scope(metadata.getNamespace(), metadata.getLabels().get(Labels.RESOURCE));
  }

  private static Scope subjectOf(Event event) {
    var subject = event.getInvolvedObject();
    return new Scope(event.getMetadata().getNamespace(), subject.getName());
  }

  private static <K, T> Map<K, List<T>> permitted(
      String what, List<String> notes, Supplier<List<T>> list, Function<T, K> key) {
    try {
      return list.get().stream().collect(Collectors.groupingBy(key));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
      notes.add("You may not list %s, so none are shown.".formatted(what));
      return Map.of();
    }
  }
}
