package dev.schemaversion.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.api.v1alpha1.InterruptedSyncStatusBuilder;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.desired.KnownState;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The status records a sync before its Job exists. If the operator does not create the Job, it
 * takes the record back: the sync was not interrupted. If the API server may have created the Job,
 * the record stays.
 */
@EnableKubernetesMockClient(https = false, crud = true)
class NeverCreatedJobTest {
  private static final Action SYNC = new Action.CreateJob(Step.SYNC, 1, KnownState.NOTHING);
  private static final String JOBS = "/apis/batch/v1/namespaces/glance/jobs";

  KubernetesClient client;
  KubernetesMockServer server;
  private SchemaVersion resource;
  private final List<SchemaVersionStatus> written = new ArrayList<>();

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
  void anOldDecisionTakesTheRecordBack(int seconds) {
    assertThatThrownBy(() -> sync(Duration.ofSeconds(seconds)))
        .isInstanceOf(StaleDecisionException.class);

    assertTakenBack();
  }

  @Test
  void anotherJobThatTheCacheLacksTakesTheRecordBack() {
    ActionExecutorFixture.execute(
        client, resource, new Action.CreateJob(Step.BASELINE, 1, KnownState.NOTHING));

    assertThatThrownBy(() -> sync(Duration.ZERO)).isInstanceOf(StaleDecisionException.class);

    assertTakenBack();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 422})
  void aRejectionTakesTheRecordBack(int code) {
    answer(code);

    assertThatThrownBy(() -> sync(Duration.ZERO)).isInstanceOf(KubernetesClientException.class);

    assertTakenBack();
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 500, 503, 504})
  void aJobThatMayExistKeepsTheRecord(int code) {
    answer(code);

    try {
      sync(Duration.ZERO);
    } catch (KubernetesClientException e) {
      assertThat(e.getCode()).isEqualTo(code);
    }

    assertThat(written).isEmpty();
  }

  @Test
  void aCreatedJobKeepsTheRecord() {
    sync(Duration.ZERO);

    assertThat(written).isEmpty();
  }

  @Test
  void anEarlierSyncWhoseResultIsUnknownStaysRecorded() {
    recording(resource.getStatus().interruptedSync().job(), "RunnerLost");

    assertThatThrownBy(() -> sync(Duration.ofHours(1))).isInstanceOf(StaleDecisionException.class);

    assertThat(written).allMatch(resource.getStatus()::equals);
  }

  @Test
  void aStatusThatAnotherReplicaHasWrittenStays() {
    StatusUpdate conflict =
        (read, status) -> {
          throw new KubernetesClientException(new StatusBuilder().withCode(409).build());
        };

    assertThatThrownBy(
            () ->
                ActionExecutorFixture.execute(
                    client, resource, Duration.ofHours(1), conflict, SYNC))
        .isInstanceOf(StaleDecisionException.class);
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
    ActionExecutorFixture.execute(
        client,
        resource,
        age,
        (read, status) -> {
          written.add(status);
          return read;
        },
        SYNC);
  }

  private void assertTakenBack() {
    assertThat(written)
        .singleElement()
        .satisfies(status -> assertThat(status.interruptedSync()).isNull());
  }
}
