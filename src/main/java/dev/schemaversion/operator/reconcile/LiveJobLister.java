package dev.schemaversion.operator.reconcile;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.desired.Labels;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Lists the Jobs of a resource by a request to the API server. The cache may lack a Job that was
 * created a moment ago.
 */
@ApplicationScoped
class LiveJobLister {
  private final KubernetesClient client;

  LiveJobLister(KubernetesClient client) {
    this.client = client;
  }

  /** Lists the Jobs of a resource, ended ones too. */
  List<Job> list(SchemaVersion resource) {
    return client
        .batch()
        .v1()
        .jobs()
        .inNamespace(resource.getMetadata().getNamespace())
        .withLabel(Labels.MANAGED_BY, Labels.OPERATOR)
        .withLabel(Labels.RESOURCE, resource.getMetadata().getName())
        .list()
        .getItems()
        .stream()
        // Any user may set these labels. A Job that the operator did not create is ignored.
        .filter(job -> JobReader.read(job, List.of()).isPresent())
        .toList();
  }
}
