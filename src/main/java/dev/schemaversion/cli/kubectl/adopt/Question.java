package dev.schemaversion.cli.kubectl.adopt;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.cli.kubectl.cluster.Cluster;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.kubectl.cluster.Terminal;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;

/**
 * Asks the operator which version a database is at, by a temporary resource that claims nothing and
 * needs an approval which nobody gives. Its baseline Job reads the database and, without a claim,
 * writes nothing. All that was created is deleted.
 *
 * @param terminal shows the progress
 * @param cluster where the resource is created
 * @param timeout how long to wait for the answer
 */
record Question(Terminal terminal, Cluster cluster, Duration timeout) {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Deletion waits for a running Job. */
  private static final Duration DELETION = Duration.ofMinutes(2);

  /**
   * Creates the objects, waits for the answer and deletes the objects.
   *
   * @throws Failure if there is no answer in time
   */
  Answer ask(SchemaVersion resource, List<ConfigMap> migrations) {
    try {
      migrations.forEach(configMap -> cluster.client().resource(configMap).create());
      cluster.client().resource(resource).create();
      return answer(resource);
    } finally {
      delete(resource, migrations);
    }
  }

  private Answer answer(SchemaVersion resource) {
    var until = terminal.now().plus(timeout);
    while (true) {
      var answer = Answer.of(cluster.resource(resource.getMetadata().getName()));
      if (answer.isPresent()) {
        return answer.get();
      }
      if (!terminal.now().isBefore(until) || !terminal.pause().of(INTERVAL)) {
        throw new Failure(
            "The database has given no answer yet. Is the operator running? See why with: kubectl schemaversion status -n %s, while this command runs with a longer --timeout."
                .formatted(cluster.namespace()));
      }
    }
  }

  private void delete(SchemaVersion resource, List<ConfigMap> migrations) {
    var created = cluster.client().resource(resource);
    created.delete();
    // A Job that runs may still need the ConfigMaps.
    if (!isGone(created)) {
      terminal.note(
          "warning: a Job of %s still runs. When it has ended, delete the ConfigMaps: kubectl delete configmap -n %s %s"
              .formatted(
                  resource.getMetadata().getName(),
                  cluster.namespace(),
                  String.join(
                      " ",
                      migrations.stream().map(each -> each.getMetadata().getName()).toList())));
      return;
    }
    migrations.forEach(configMap -> cluster.client().resource(configMap).delete());
  }

  private boolean isGone(Resource<SchemaVersion> created) {
    for (var waited = Duration.ZERO; created.get() != null; waited = waited.plus(INTERVAL)) {
      if (waited.compareTo(DELETION) >= 0 || !terminal.pause().of(INTERVAL)) {
        return false;
      }
    }
    return true;
  }
}
