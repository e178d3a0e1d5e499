package dev.schemaversion.operator.reconcile;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ClusterStateBuilder;
import dev.schemaversion.desired.JobFactory;
import dev.schemaversion.desired.ScratchImages;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** The applier at work on a resource. */
final class ActionExecutorFixture {
  private static final Instant DECIDED = Instant.parse("2026-03-01T12:00:00Z");

  private ActionExecutorFixture() {}

  /** A resource with nothing but what it must have. */
  static SchemaVersion minimal() throws IOException {
    var file = Path.of("src", "test", "resources", "desired", "minimal", "in.yaml");
    return Serialization.unmarshal(Files.readString(file), SchemaVersion.class);
  }

  static void apply(KubernetesClient client, SchemaVersion resource, Action... actions) {
    apply(client, resource, Duration.ZERO, actions);
  }

  /**
   * The applier at work so long after the decision.
   *
   * @param since may be negative, where the clock was set back
   */
  static void apply(
      KubernetesClient client, SchemaVersion resource, Duration since, Action... actions) {
    var cluster =
        ClusterStateBuilder.builder()
            .resource(resource)
            .migrationsDigest("sha256:" + "a1".repeat(32))
            .jobs(List.of())
            .workloads(List.of())
            .sharedWith(List.of())
            .factory(new JobFactory("image", ScratchImages.OFFICIAL))
            .now(DECIDED)
            .build();
    var clock = Clock.fixed(DECIDED.plus(since), ZoneOffset.UTC);
    new ActionExecutor(
            client, new Events(client, Clock.systemUTC()), new PreconditionedDelete(client), clock)
        .apply(List.of(actions), resource, cluster);
  }
}
