package dev.schemaversion.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.decide.Decision;
import dev.schemaversion.decide.JobDemand;
import dev.schemaversion.operator.queue.JobLimits;
import dev.schemaversion.operator.queue.JobQueue;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A decision that needs a Job waits while the queue has no place for it. */
@EnableKubernetesMockClient(https = false, crud = true)
class DecisionsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  KubernetesClient client;
  KubernetesMockServer server;
  private final NeverCreatedSyncs neverCreated = new NeverCreatedSyncs();
  private final JobQueue queue = new JobQueue(new JobLimits(1, 0, 0), CLOCK);
  private final Decisions decisions = new Decisions(neverCreated, queue);
  private SchemaVersion first;
  private SchemaVersion second;

  @BeforeEach
  void twoResources() throws IOException {
    first = named("first");
    second = named("second");
  }

  @Test
  void theSecondOneWaitsAndPreparesNothing() {
    assertThat(decisions.next(ActionExecutorFixture.cluster(first, NOW)).demand().needsPlace())
        .isTrue();

    var decision = decisions.next(ActionExecutorFixture.cluster(second, NOW));

    assertThat(reason(decision)).isEqualTo("JobQueued");
    assertThat(decision.demand()).isEqualTo(JobDemand.NONE);
    assertThat(decision.actions()).isEmpty();
    assertThat(decision.listsLivePods()).isFalse();
  }

  @Test
  void aResourceThatIsBeingDeletedGivesUpItsPlace() {
    decisions.next(ActionExecutorFixture.cluster(first, NOW));
    decisions.next(ActionExecutorFixture.cluster(second, NOW));
    first.getMetadata().setDeletionTimestamp(NOW.toString());
    decisions.next(ActionExecutorFixture.cluster(first, NOW));

    assertThat(decisions.next(ActionExecutorFixture.cluster(second, NOW)).demand().needsPlace())
        .isTrue();
  }

  @Test
  void aFailedReconciliationOrADeletedResourceKeepsNoPlace() {
    decisions.next(ActionExecutorFixture.cluster(first, NOW));
    decisions.failed(first);
    assertThat(decisions.next(ActionExecutorFixture.cluster(second, NOW)).demand().needsPlace())
        .isTrue();

    decisions.forget(second);
    assertThat(decisions.next(ActionExecutorFixture.cluster(first, NOW)).demand().needsPlace())
        .isTrue();
  }

  @Test
  void aCreatedJobKeepsThePlaceAndARejectedOneDoesNot() throws IOException {
    decisions.next(ActionExecutorFixture.cluster(first, NOW));
    create(first);
    assertThat(reason(decisions.next(ActionExecutorFixture.cluster(second, NOW))))
        .isEqualTo("JobQueued");
    assertThat(queue.running()).isEqualTo(1);

    queue.rejected(first);
    decisions.next(ActionExecutorFixture.cluster(second, NOW));
    var rejection = new StatusBuilder().withCode(403).withMessage("exceeded quota: jobs").build();
    server
        .expect()
        .post()
        .withPath("/apis/batch/v1/namespaces/glance/jobs")
        .andReturn(403, rejection)
        .once();
    assertThatThrownBy(() -> create(second)).isInstanceOf(KubernetesClientException.class);
    assertThat(queue.running()).isZero();
  }

  private void create(SchemaVersion resource) {
    ActionExecutorFixture.executor(client, neverCreated, queue, CLOCK)
        .execute(
            List.of(ActionExecutorFixture.CREATE),
            resource,
            ActionExecutorFixture.cluster(resource, NOW));
  }

  private static String reason(Decision decision) {
    return decision.status().conditions().getFirst().getReason();
  }

  private static SchemaVersion named(String name) throws IOException {
    var resource = ActionExecutorFixture.minimal();
    resource.getMetadata().setName(name);
    resource.getMetadata().setUid(name);
    resource.getMetadata().setGeneration(1L);
    resource.setStatus(SchemaVersionStatus.NONE);
    return resource;
  }
}
