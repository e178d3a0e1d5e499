package dev.schemaversion.operator.reconcile;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;

/** Writes a status within one reconciliation. */
@FunctionalInterface
interface StatusUpdate {
  /**
   * Writes the status of a resource.
   *
   * @param read the resource in the version that was read or written last
   * @return the resource with the status written
   * @throws io.fabric8.kubernetes.client.KubernetesClientException with code 409 if the resource
   *     has changed since
   */
  SchemaVersion write(SchemaVersion read, SchemaVersionStatus status);
}
