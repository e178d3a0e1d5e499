package dev.schemaversion.e2e.faults;

import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.cluster.Machine;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;

/** Injects faults into the cluster's machine. */
final class MachineStrokes {
  private static final Duration LONG = Duration.ofMinutes(3);

  /** The issue's own figure: how long a database is away. */
  private static final Duration AWAY = Duration.ofSeconds(60);

  private final Machine machine;
  private final KubernetesClient client;

  MachineStrokes(Machine machine, KubernetesClient client) {
    this.machine = machine;
    this.client = client;
  }

  Stroke apiServerRestarted() {
    return machine::restartApiServer;
  }

  /** Until everybody takes it for lost; then it is back. */
  Stroke nodeGone() {
    return () -> {
      machine.stopKubelet();
      try {
        awaitNode("Unknown");
      } finally {
        machine.startKubelet();
      }
      awaitNode("True");
    };
  }

  private void awaitNode(String ready) {
    await("the node's readiness is " + ready)
        .atMost(LONG)
        .ignoreException(KubernetesClientException.class)
        .until(
            () ->
                client.nodes().list().getItems().stream()
                    .flatMap(node -> node.getStatus().getConditions().stream())
                    .filter(condition -> condition.getType().equals("Ready"))
                    .allMatch(condition -> condition.getStatus().equals(ready)));
  }

  Stroke databaseUnreachable(Place place) {
    return new Stroke() {
      private Machine.Cut cut;

      @Override
      public void strike() {
        cut =
            machine.cutOff(place.pods(place.server().selector()).getFirst().getStatus().getPodIP());
      }

      @Override
      public void heal() {
        var end = System.nanoTime() + AWAY.toNanos();
        await("the time is over").atMost(LONG).until(() -> System.nanoTime() > end);
        cut.close();
      }
    };
  }
}
