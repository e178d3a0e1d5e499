package dev.schemaversion.cli.kubectl.adopt;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.cli.kubectl.cluster.Cluster;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import dev.schemaversion.cli.terminal.Terminal;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
   * @throws Failure if there is no answer in time, or if such an object exists already
   */
  Answer ask(SchemaVersion resource, List<ConfigMap> migrations) {
    var created = new ArrayList<HasMetadata>();
    try {
      for (var object : Stream.concat(migrations.stream(), Stream.of(resource)).toList()) {
        create(object);
        created.add(object);
      }
      return answer(resource);
    } finally {
      // Never what somebody else has created.
      delete(created.reversed());
    }
  }

  private void create(HasMetadata object) {
    try {
      cluster.client().resource(object).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      var name = object.getKind() + " " + object.getMetadata().getName();
      throw new Failure(
          "%s exists already in namespace %s, perhaps from an earlier run that was interrupted. Delete it if nobody needs it, and run the command again."
              .formatted(name, cluster.namespace()),
          e);
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

  /** Deletes the resource first: a Job that runs may still need the ConfigMaps. */
  private void delete(List<HasMetadata> created) {
    for (var object : created) {
      cluster.client().resource(object).delete();
      if (object instanceof SchemaVersion && !isGone(object)) {
        terminal.note(
            "warning: a Job of %s still runs. When it has ended, delete the ConfigMaps %s-migrations* in namespace %s."
                .formatted(
                    object.getMetadata().getName(),
                    object.getMetadata().getName(),
                    cluster.namespace()));
        return;
      }
    }
  }

  private boolean isGone(HasMetadata object) {
    for (var waited = Duration.ZERO;
        cluster.client().resource(object).get() != null;
        waited = waited.plus(INTERVAL)) {
      if (waited.compareTo(DELETION) >= 0 || !terminal.pause().of(INTERVAL)) {
        return false;
      }
    }
    return true;
  }
}
