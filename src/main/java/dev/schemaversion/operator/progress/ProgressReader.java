package dev.schemaversion.operator.progress;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Progress;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the progress of running Jobs from their pods, and triggers a reconciliation when it has
 * changed. A runner that cannot be reached has no progress, and nothing else depends on it.
 */
@Singleton
public class ProgressReader {
  private final Map<ResourceID, FollowedPod> followed = new ConcurrentHashMap<>();
  private final SimpleInboundEventSource<SchemaVersion> events =
      new SimpleInboundEventSource<>("progress");
  private final Vertx vertx;
  private final RunnerClient client;
  private final FollowedPod.Pace pace;

  @Inject
  ProgressReader(Vertx vertx) {
    this(vertx, new RunnerClient(vertx), FollowedPod.Pace.DEFAULT);
  }

  ProgressReader(Vertx vertx, RunnerClient client, FollowedPod.Pace pace) {
    this.vertx = vertx;
    this.client = client;
    this.pace = pace;
  }

  /** The events of changed progress. */
  public SimpleInboundEventSource<SchemaVersion> events() {
    return events;
  }

  /**
   * Follows the runner in a pod from now on, in place of another pod of this resource.
   *
   * @param uid the uid of the pod
   * @param address the IP address of the pod
   * @return what the runner said last; empty if it has said nothing yet
   */
  public Optional<Progress> follow(ResourceID resource, String uid, String address) {
    return followed
        .compute(
            resource,
            (id, current) -> {
              if (current != null && current.uid().equals(uid)) {
                return current;
              }
              if (current != null) {
                current.stop();
              }
              var next =
                  new FollowedPod(id + " at " + address, uid, () -> events.propagateEvent(id));
              next.begin(vertx, revision -> client.progress(address, revision), pace);
              return next;
            })
        .latest();
  }

  /** Stops following: no Job of this resource runs. */
  public void forget(ResourceID resource) {
    var pod = followed.remove(resource);
    if (pod != null) {
      pod.stop();
    }
  }
}
