package dev.schemaversion.e2e.faults;

import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.cluster.PodProcesses;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/** Injects faults into one resource, its Job or its database. */
final class PlaceStrokes {
  private static final Duration LONG = Duration.ofMinutes(3);

  private final Place place;
  private final KubernetesClient client;

  PlaceStrokes(Place place, KubernetesClient client) {
    this.place = place;
    this.client = client;
  }

  Stroke runnerKilled() {
    return () -> {
      var runner = PodProcesses.of(syncPod(), "schemaversion/runner");
      if (runner.isEmpty()) {
        throw new IllegalStateException("There is no runner to kill in " + syncPod());
      }
      runner.forEach(ProcessHandle::destroyForcibly);
    };
  }

  /** As a drain does, or the API server on its behalf. */
  Stroke podEvicted() {
    return () -> {
      var eviction =
          "{\"apiVersion\": \"policy/v1\", \"kind\": \"Eviction\", \"metadata\": {\"name\": \"%s\", \"namespace\": \"%s\"}}"
              .formatted(syncPod(), place.namespace());
      place
          .kubectl()
          .runWithInput(
              eviction,
              "create",
              "--raw",
              "/api/v1/namespaces/%s/pods/%s/eviction".formatted(place.namespace(), syncPod()),
              "-f",
              "-");
    };
  }

  Stroke jobDeleted() {
    return () -> place.kubectl().run("delete", "job", "-l", Place.SYNC, "--wait=false");
  }

  Stroke databaseRestarted() {
    return place.server()::restart;
  }

  Stroke connectionCut() {
    return place.server()::cutSessions;
  }

  Stroke secretChanged() {
    return place.server()::changePassword;
  }

  /** It wants one version more. */
  Stroke resourceEdited() {
    return () -> place.want("4");
  }

  /** As Argo CD deletes, and then applies everything again. */
  Stroke resourceDeleted() {
    return new Stroke() {
      @Override
      public void strike() {
        place.kubectl().run("delete", "sv", "db", "--cascade=foreground", "--wait=false");
      }

      @Override
      public void heal() {
        await(place.cell() + ": deleted")
            .atMost(LONG)
            .until(() -> place.resource().isMissingNode());
        place.apply(false);
      }
    };
  }

  Stroke statusConflict() {
    return new Storm(place, client);
  }

  private String syncPod() {
    return place.syncPod().getMetadata().getName();
  }
}
