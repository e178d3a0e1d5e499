package dev.schemaversion.operator.queue;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.desired.DatabaseServer;
import dev.schemaversion.desired.Labels;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import java.util.Objects;

/**
 * Where a Job counts.
 *
 * @param namespace the namespace
 * @param server the database server, or an empty text for a Job of a release that did not note it
 */
record Place(String namespace, String server) {
  static Place of(SchemaVersion resource) {
    return new Place(resource.getMetadata().getNamespace(), DatabaseServer.of(resource));
  }

  /** Returns the place of a Job that exists; its resource may have another server meanwhile. */
  static Place of(Job job) {
    var annotations =
        Objects.requireNonNullElse(job.getMetadata().getAnnotations(), Map.<String, String>of());
    return new Place(job.getMetadata().getNamespace(), annotations.getOrDefault(Labels.SERVER, ""));
  }
}
