package dev.schemaversion.e2e.faults;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** Changes the resource continuously until the API server has rejected a stale status. */
final class Storm implements Stroke {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final long BETWEEN_CHANGES = Duration.ofMillis(15).toNanos();

  /** The API server's own count. */
  private static final Pattern REFUSED =
      Pattern.compile(
          "(?m)^apiserver_request_total\\{code=\"409\",.*resource=\"schemaversions\",.*subresource=\"status\".*} (\\d+)$");

  private final Place place;
  private final KubernetesClient client;
  private volatile boolean over;
  private long before;

  Storm(Place place, KubernetesClient client) {
    this.place = place;
    this.client = client;
  }

  @Override
  public void strike() {
    before = refused(client);
    Thread.ofVirtual().start(this::blow);
  }

  private void blow() {
    for (int i = 0; !over; i++) {
      client
          .genericKubernetesResources("schemaversion.dev/v1alpha1", "SchemaVersion")
          .inNamespace(place.namespace())
          .withName("db")
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"metadata\": {\"annotations\": {\"faults/storm\": \"%d\"}}}".formatted(i));
      LockSupport.parkNanos(BETWEEN_CHANGES);
    }
  }

  @Override
  public void heal() {
    try {
      await(place.cell() + ": a status is refused, or there is none to be written any more")
          .atMost(LONG)
          .until(() -> refused(client) > before || place.settled());
    } finally {
      over = true;
    }
  }

  /** How often a status of a SchemaVersion was refused because the resource had changed. */
  static long refused(KubernetesClient client) {
    return REFUSED
        .matcher(client.raw("/metrics"))
        .results()
        .mapToLong(result -> Long.parseLong(result.group(1)))
        .sum();
  }
}
