package dev.schemaversion.cli.kubectl.cluster;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.desired.Labels;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One namespace of a cluster, with the rights of the user. It reads no Secret.
 *
 * @param client the client, which {@link #close} closes
 * @param namespace the namespace of the options
 */
public record Cluster(KubernetesClient client, String namespace) implements AutoCloseable {
  private static final PatchContext MERGE =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager("kubectl-schemaversion")
          .build();

  private static final Comparator<HasMetadata> NEWEST_FIRST =
      Comparator.comparing(
              (HasMetadata object) -> String.valueOf(object.getMetadata().getCreationTimestamp()))
          .reversed()
          .thenComparing(object -> object.getMetadata().getName());

  /**
   * Returns a resource.
   *
   * @throws Failure if it does not exist; the message names those that do
   */
  public SchemaVersion resource(String name) {
    var found = client.resources(SchemaVersion.class).inNamespace(namespace).withName(name).get();
    if (found != null) {
      return found;
    }
    var others =
        resources(false).stream()
            .map(other -> other.getMetadata().getName())
            .collect(Collectors.joining(", "));
    throw new Failure(
        others.isEmpty()
            ? "Namespace %s has no SchemaVersion. Name another namespace with -n, or list all with: kubectl get sv -A"
                .formatted(namespace)
            : "Namespace %s has no SchemaVersion \"%s\". It has: %s."
                .formatted(namespace, name, others));
  }

  /**
   * Returns the resources of the namespace, or of all namespaces, by namespace and name.
   *
   * @throws Failure if the cluster does not know the resource
   */
  public List<SchemaVersion> resources(boolean allNamespaces) {
    var all = client.resources(SchemaVersion.class);
    try {
      KubernetesResourceList<SchemaVersion> list =
          allNamespaces ? all.inAnyNamespace().list() : all.inNamespace(namespace).list();
      return list.getItems().stream()
          .sorted(
              Comparator.comparing((SchemaVersion each) -> each.getMetadata().getNamespace())
                  .thenComparing(each -> each.getMetadata().getName()))
          .toList();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        throw new Failure(ApiFailures.NOT_INSTALLED, e);
      }
      throw e;
    }
  }

  /** Returns the Jobs of a resource, the newest first. */
  public List<Job> jobs(SchemaVersion resource) {
    return client
        .batch()
        .v1()
        .jobs()
        .inNamespace(resource.getMetadata().getNamespace())
        .withLabel(Labels.RESOURCE, resource.getMetadata().getName())
        .list()
        .getItems()
        .stream()
        .sorted(NEWEST_FIRST)
        .toList();
  }

  /** Returns the pods of a resource's Jobs, the newest first. */
  public List<Pod> pods(SchemaVersion resource) {
    return client
        .pods()
        .inNamespace(resource.getMetadata().getNamespace())
        .withLabel(Labels.RESOURCE, resource.getMetadata().getName())
        .list()
        .getItems()
        .stream()
        .sorted(NEWEST_FIRST)
        .toList();
  }

  /** Returns the Deployments, StatefulSets and DaemonSets with the label of the gate. */
  public List<HasMetadata> workloads(String inNamespace) {
    var apps = client.apps();
    return Stream.<Supplier<List<? extends HasMetadata>>>of(
            () ->
                apps.deployments()
                    .inNamespace(inNamespace)
                    .withLabel(Names.REQUIRES)
                    .list()
                    .getItems(),
            () ->
                apps.statefulSets()
                    .inNamespace(inNamespace)
                    .withLabel(Names.REQUIRES)
                    .list()
                    .getItems(),
            () ->
                apps.daemonSets()
                    .inNamespace(inNamespace)
                    .withLabel(Names.REQUIRES)
                    .list()
                    .getItems())
        .<HasMetadata>flatMap(list -> list.get().stream())
        .toList();
  }

  /** Returns the Events about a resource, in no order. */
  public List<Event> events(SchemaVersion resource) {
    return client
        .v1()
        .events()
        .inNamespace(resource.getMetadata().getNamespace())
        .withField("involvedObject.kind", "SchemaVersion")
        .withField("involvedObject.name", resource.getMetadata().getName())
        .list()
        .getItems();
  }

  /** Returns the log of a container. */
  public String log(Pod pod, String container) {
    return logOf(pod, container).getLog();
  }

  /** Follows the log of a container until it ends. */
  public LogWatch follow(Pod pod, String container) {
    return logOf(pod, container).watchLog();
  }

  private ContainerResource logOf(Pod pod, String container) {
    return client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .inContainer(container);
  }

  /**
   * Changes a resource by a merge patch.
   *
   * @param patch the fields to change
   * @throws KubernetesClientException with code 409 if the patch has a resourceVersion that is not
   *     the resource's any more
   */
  public void patch(SchemaVersion resource, Map<String, Object> patch) {
    client
        .resources(SchemaVersion.class)
        .inNamespace(resource.getMetadata().getNamespace())
        .withName(resource.getMetadata().getName())
        .patch(MERGE, Serialization.asJson(patch));
  }

  /** Sets an annotation of a resource. */
  public void annotate(SchemaVersion resource, String annotation, String value) {
    patch(resource, Map.of("metadata", Map.of("annotations", Map.of(annotation, value))));
  }

  /** Returns the address of the API server. */
  public String server() {
    return client.getConfiguration().getMasterUrl();
  }

  @Override
  public void close() {
    client.close();
  }
}
