package dev.schemaversion.cli.kubectl.change;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import dev.schemaversion.cli.kubectl.cluster.Cluster;
import dev.schemaversion.cli.kubectl.cluster.Scope;
import dev.schemaversion.cli.kubectl.view.StatusView;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Knows the Jobs of a resource before it is changed, so that a later one is recognised. */
final class KnownJobs {
  private KnownJobs() {}

  /** Returns the names of the Jobs that exist or are recorded. */
  static Set<String> of(Cluster cluster, SchemaVersion resource) {
    return Stream.concat(
            cluster.jobs(Scope.of(resource)).stream().map(job -> job.getMetadata().getName()),
            StatusView.history(StatusView.statusOf(resource)).stream().map(Operation::job))
        .collect(Collectors.toUnmodifiableSet());
  }
}
