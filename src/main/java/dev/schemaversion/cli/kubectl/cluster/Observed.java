package dev.schemaversion.cli.kubectl.cluster;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

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
    var notes = new ArrayList<String>();
    var namespace = resource.getMetadata().getNamespace();
    return new Observed(
        resource,
        permitted("Jobs", notes, () -> cluster.jobs(resource)),
        permitted("pods", notes, () -> cluster.pods(resource)),
        permitted("workloads", notes, () -> cluster.workloads(namespace)),
        permitted("Events", notes, () -> cluster.events(resource)),
        notes);
  }

  private static <T> List<T> permitted(String what, List<String> notes, Supplier<List<T>> list) {
    try {
      return list.get();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
      notes.add("You may not list %s, so none are shown.".formatted(what));
      return List.of();
    }
  }
}
