package dev.schemaversion.operator.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The age of a waiting resource is read from its status, so a restart does not change the order.
 */
class WaiterTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a new resource: since its creation | {} | 11:00:00
          not Ready since a time | {conditions: [{type: Ready, status: "False", reason: JobQueued, lastTransitionTime: "2026-03-01T09:00:00Z"}]} | 09:00:00
          Ready: a verification | {conditions: [{type: Ready, status: "True", reason: AtVersion, lastTransitionTime: "2026-03-01T09:00:00Z"}]} | 12:00:00
          after a successful Job | {conditions: [{type: Ready, status: "False", reason: JobQueued, lastTransitionTime: "2026-03-01T09:00:00Z"}], history: [{job: j, step: baseline, inputs: i, attempt: 1, reason: Succeeded, message: m, finishedAt: "2026-03-01T10:00:00Z"}]} | 09:00:00
          a retry | {conditions: [{type: Ready, status: "False", reason: JobQueued, lastTransitionTime: "2026-03-01T09:00:00Z"}], history: [{job: j, step: baseline, inputs: i, attempt: 1, reason: DatabaseUnreachable, message: m, finishedAt: "2026-03-01T10:00:00Z"}]} | 12:00:00
          an invalid time | {conditions: [{type: Ready, status: "False", reason: JobQueued, lastTransitionTime: yesterday}]} | 12:00:00
          """)
  void itWaitsSince(String name, String status, String since) {
    var resource = QueueFixture.resource("orders", "shop", "db");
    resource.setStatus(
        Serialization.unmarshal("status: " + status, SchemaVersion.class).getStatus());

    assertThat(Waiter.of(resource, NOW).since())
        .as(name)
        .isEqualTo(Instant.parse("2026-03-01T%sZ".formatted(since)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {} | false
          {target: "2"} | true
          {interruptedSync: {job: j, reason: RunnerLost}} | true
          """)
  void aBegunSyncIsFirst(String status, boolean begun) {
    var resource = QueueFixture.resource("orders", "shop", "db");
    resource.setStatus(
        Serialization.unmarshal("status: " + status, SchemaVersion.class).getStatus());
    var waiter = Waiter.of(resource, NOW);
    var other = QueueFixture.resource("orders", "older", "db");
    other.setStatus(null);
    other.getMetadata().setCreationTimestamp("2026-03-01T10:00:00Z");
    var older = Waiter.of(other, NOW);

    assertThat(waiter.begun()).isEqualTo(begun);
    assertThat(Waiter.OLDEST_FIRST.compare(waiter, older) < 0).isEqualTo(begun);
  }
}
