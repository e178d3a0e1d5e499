package dev.schemaversion.operator.reconcile;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Preconditions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;

/**
 * Deletes an object only in the version that was read, by preconditions. The client's own delete
 * does not support preconditions, so the request is built here.
 */
@ApplicationScoped
public class PreconditionedDelete {
  private final KubernetesClient client;

  public PreconditionedDelete(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Deletes a pod in the version that was read. A pod that is gone is no error.
   *
   * @throws KubernetesClientException with code 409 if the pod has changed since
   */
  public void pod(Pod pod) {
    var metadata = pod.getMetadata();
    delete(
        "/api/v1/namespaces/%s/pods/%s".formatted(metadata.getNamespace(), metadata.getName()),
        new Preconditions(metadata.getResourceVersion(), metadata.getUid()));
  }

  /**
   * Deletes a Job and, in the background, its pods. A Job that is gone is no error.
   *
   * @throws KubernetesClientException with code 409 if a precondition is not met
   */
  void job(String namespace, String name, Preconditions preconditions) {
    delete("/apis/batch/v1/namespaces/%s/jobs/%s".formatted(namespace, name), preconditions);
  }

  private void delete(String path, Preconditions preconditions) {
    var options =
        new DeleteOptionsBuilder()
            .withApiVersion("v1")
            .withKind("DeleteOptions")
            .withPropagationPolicy(DeletionPropagation.BACKGROUND.toString())
            .withPreconditions(preconditions)
            .build();
    try {
      client.raw(path, "DELETE", client.getKubernetesSerialization().asJson(options));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }
}
