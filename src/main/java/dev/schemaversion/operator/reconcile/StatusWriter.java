package dev.schemaversion.operator.reconcile;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import jakarta.enterprise.context.ApplicationScoped;

/** Writes a status by one server-side apply. An unchanged status is not written. */
@ApplicationScoped
class StatusWriter {
  /**
   * Writes the status of a resource.
   *
   * @param status the new status, or null to keep the present one
   * @return the resource with the status written
   * @throws io.fabric8.kubernetes.client.KubernetesClientException with code 409 if the resource
   *     has changed since it was read
   */
  SchemaVersion write(
      SchemaVersion resource, SchemaVersionStatus status, Context<SchemaVersion> context) {
    if (status == null || status.equals(resource.getStatus())) {
      return resource;
    }
    var patch = new SchemaVersion();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withName(resource.getMetadata().getName())
            .withNamespace(resource.getMetadata().getNamespace())
            // Leader election is no fence: a replica that lost the lease must not overwrite.
            .withResourceVersion(resource.getMetadata().getResourceVersion())
            .build());
    patch.setStatus(status);
    return context.resourceOperations().serverSideApplyPrimaryStatus(patch);
  }
}
