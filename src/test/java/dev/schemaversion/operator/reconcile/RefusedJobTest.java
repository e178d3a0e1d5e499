package dev.schemaversion.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.desired.KnownState;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Job that the API server rejects or cannot store. */
@EnableKubernetesMockClient(https = false)
class RefusedJobTest {
  KubernetesMockServer server;
  KubernetesClient client;

  @BeforeEach
  void noJobIsThere() {
    server
        .expect()
        .get()
        .withPath(
            "/apis/batch/v1/namespaces/glance/jobs?labelSelector="
                + "app.kubernetes.io%2Fmanaged-by%3Dschemaversion-operator%2C"
                + "schemaversion.dev%2Fresource%3Dglance")
        .andReturn(200, new JobList())
        .once();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 422})
  void aRejectedJobEmitsAnEventWithTheServersMessage(int code)
      throws IOException, InterruptedException {
    var rejection = new StatusBuilder().withCode(code).withMessage("exceeded quota: jobs").build();
    server
        .expect()
        .post()
        .withPath("/apis/batch/v1/namespaces/glance/jobs")
        .andReturn(code, rejection)
        .once();
    server
        .expect()
        .post()
        .withPath("/apis/events.k8s.io/v1/namespaces/glance/events")
        .andReturn(201, null)
        .once();

    assertThatThrownBy(this::create).isInstanceOf(KubernetesClientException.class);

    // Skips the list of Jobs and the creation.
    server.takeRequest();
    server.takeRequest();
    assertThat(server.takeRequest().getUtf8Body())
        .contains("\"reason\":\"JobRefused\"", "exceeded quota: jobs");
  }

  @Test
  void anUnansweredCreationIsNotRetriedByTheClient() {
    server
        .expect()
        .post()
        .withPath("/apis/batch/v1/namespaces/glance/jobs")
        .andReturn(503, new StatusBuilder().withCode(503).build())
        .always();

    assertThatThrownBy(this::create).isInstanceOf(KubernetesClientException.class);

    assertThat(server.getRequestCount()).as("the list of Jobs and one creation").isEqualTo(2);
  }

  private void create() throws IOException {
    var create = new Action.CreateJob(Step.BASELINE, 1, KnownState.NOTHING);
    ActionExecutorFixture.execute(client, ActionExecutorFixture.minimal(), create);
  }
}
