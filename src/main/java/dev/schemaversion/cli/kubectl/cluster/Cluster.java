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
import io.fabric8.kubernetes.client.dsl.AnyNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
      return in(all, scope(allNamespaces)).list().getItems().stream()
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

  /** Returns the scope of all resources of the namespace, or of all namespaces. */
  public Scope scope(boolean allNamespaces) {
    return new Scope(allNamespaces ? null : namespace, null);
  }

  /** Returns the Jobs of resources, the newest first. */
  public List<Job> jobs(Scope scope) {
    return ofResources(client.batch().v1().jobs(), scope);
  }

  /** Returns the pods of resources' Jobs, the newest first. */
  public List<Pod> pods(Scope scope) {
    return ofResources(client.pods(), scope);
  }

  private static <T extends HasMetadata, L extends KubernetesResourceList<T>, R extends Resource<T>>
      List<T> ofResources(MixedOperation<T, L, R> kind, Scope scope) {
    var all = in(kind, scope);
    var labelled =
        scope.name() == null
            ? all.withLabel(Labels.RESOURCE)
            : all.withLabel(Labels.RESOURCE, scope.name());
    return labelled.list().getItems().stream().sorted(NEWEST_FIRST).toList();
  }

  /** Returns the labelled Deployments, StatefulSets and DaemonSets of the scope's namespaces. */
  public List<HasMetadata> workloads(Scope scope) {
    var apps = client.apps();
    return Stream.of(
            labelled(apps.deployments(), scope),
            labelled(apps.statefulSets(), scope),
            labelled(apps.daemonSets(), scope))
        .<HasMetadata>flatMap(List::stream)
        .toList();
  }

  private static <T extends HasMetadata, L extends KubernetesResourceList<T>, R extends Resource<T>>
      List<T> labelled(MixedOperation<T, L, R> kind, Scope scope) {
    return in(kind, scope).withLabel(Names.REQUIRES).list().getItems();
  }

  /** Returns the Events about resources, in no order. */
  public List<Event> events(Scope scope) {
    var about = in(client.v1().events(), scope).withField("involvedObject.kind", "SchemaVersion");
    var selected =
        scope.name() == null ? about : about.withField("involvedObject.name", scope.name());
    return selected.list().getItems();
  }

  private static <T, L, R extends Resource<T>> AnyNamespaceOperation<T, L, R> in(
      MixedOperation<T, L, R> kind, Scope scope) {
    return scope.namespace() == null ? kind.inAnyNamespace() : kind.inNamespace(scope.namespace());
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
