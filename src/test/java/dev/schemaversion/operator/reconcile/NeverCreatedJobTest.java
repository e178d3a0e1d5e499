package dev.schemaversion.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.api.v1alpha1.InterruptedSyncStatusBuilder;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.ClusterStateBuilder;
import dev.schemaversion.desired.KnownState;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The status records a sync before its Job exists. If the operator does not create the Job, the
 * sync was not interrupted, and the next decision does not see the record. If the API server may
 * have created the Job, the record counts.
 */
@EnableKubernetesMockClient(https = false, crud = true)
class NeverCreatedJobTest {
  private static final Action SYNC = new Action.CreateJob(Step.SYNC, 1, KnownState.NOTHING);
  private static final String JOBS = "/apis/batch/v1/namespaces/glance/jobs";

  KubernetesClient client;
  KubernetesMockServer server;
  private SchemaVersion resource;
  private final NeverCreatedSyncs neverCreated = new NeverCreatedSyncs();

  @BeforeEach
  void theStatusRecordsTheSync() throws IOException {
    resource = client.resource(ActionExecutorFixture.minimal()).create();
    ActionExecutorFixture.execute(client, resource, SYNC);
    var job = client.batch().v1().jobs().inNamespace("glance").list().getItems().getFirst();
    client.resource(job).delete();
    recording(job.getMetadata().getName(), null);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, -1})
  void afterAnOldDecisionTheRecordDoesNotCount(int seconds) {
    assertThatThrownBy(() -> sync(Duration.ofSeconds(seconds)))
        .isInstanceOf(StaleDecisionException.class);

    assertThat(seen().interruptedSync()).isNull();
  }

  @Test
  void besideAnotherJobThatTheCacheLacksTheRecordDoesNotCount() {
    ActionExecutorFixture.execute(
        client, resource, new Action.CreateJob(Step.BASELINE, 1, KnownState.NOTHING));

    assertThatThrownBy(() -> sync(Duration.ZERO)).isInstanceOf(StaleDecisionException.class);

    assertThat(seen().interruptedSync()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 422})
  void afterARejectionTheRecordDoesNotCount(int code) {
    answer(code);

    assertThatThrownBy(() -> sync(Duration.ZERO)).isInstanceOf(KubernetesClientException.class);

    assertThat(seen().interruptedSync()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 500, 503, 504})
  void theRecordOfAJobThatMayExistCounts(int code) {
    answer(code);

    try {
      sync(Duration.ZERO);
    } catch (KubernetesClientException e) {
      assertThat(e.getCode()).isEqualTo(code);
    }

    assertThat(seen()).isEqualTo(resource.getStatus());
  }

  @Test
  void theRecordOfACreatedJobCounts() {
    sync(Duration.ZERO);

    assertThat(seen()).isEqualTo(resource.getStatus());
  }

  @Test
  void anEarlierSyncWhoseResultIsUnknownStaysRecorded() {
    recording(resource.getStatus().interruptedSync().job(), "RunnerLost");

    assertThatThrownBy(() -> sync(Duration.ofHours(1))).isInstanceOf(StaleDecisionException.class);

    assertThat(seen()).isEqualTo(resource.getStatus());
  }

  @Test
  void theRecordOfAnotherReplicaCounts() {
    assertThatThrownBy(() -> sync(Duration.ofHours(1))).isInstanceOf(StaleDecisionException.class);

    recording("glance-sync-of-another-1", null);

    assertThat(seen()).isEqualTo(resource.getStatus());
  }

  @Test
  void aJobThatIsCreatedAfterAStaleDecisionCounts() {
    assertThatThrownBy(() -> sync(Duration.ofHours(1))).isInstanceOf(StaleDecisionException.class);

    sync(Duration.ZERO);

    assertThat(seen()).isEqualTo(resource.getStatus());
  }

  @Test
  void anUnansweredRequestAfterAStaleDecisionCounts() {
    assertThatThrownBy(() -> sync(Duration.ofHours(1))).isInstanceOf(StaleDecisionException.class);
    answer(504);

    assertThatThrownBy(() -> sync(Duration.ZERO)).isInstanceOf(KubernetesClientException.class);

    assertThat(seen()).isEqualTo(resource.getStatus());
  }

  private void recording(String job, String reason) {
    resource.setStatus(
        SchemaVersionStatus.NONE.withInterruptedSync(
            InterruptedSyncStatusBuilder.builder().job(job).target("13").reason(reason).build()));
  }

  private void answer(int code) {
    var status = new StatusBuilder().withCode(code).withMessage("exceeded quota: jobs").build();
    server.expect().post().withPath(JOBS).andReturn(code, status).once();
  }

  private void sync(Duration age) {
    ActionExecutorFixture.execute(client, resource, age, neverCreated, SYNC);
  }

  /** The status that the next decision sees. */
  private SchemaVersionStatus seen() {
    var cluster =
        ClusterStateBuilder.builder()
            .resource(resource)
            .jobs(List.of())
            .workloads(List.of())
            .sharedWith(List.of())
            .build();
    return neverCreated.without(cluster).resource().getStatus();
  }
}
