package dev.schemaversion.operator.reconcile;

import static dev.schemaversion.operator.reconcile.ActionExecutorFixture.CREATE;
import static dev.schemaversion.operator.reconcile.ActionExecutorFixture.jobs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.Action;
import dev.schemaversion.desired.KnownState;
import dev.schemaversion.desired.Labels;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
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

/** The actions of a decision are executed, and each one is idempotent. */
@EnableKubernetesMockClient(https = false, crud = true)
class ActionExecutorTest {
  KubernetesClient client;
  KubernetesMockServer server;
  private SchemaVersion resource;

  @BeforeEach
  void resource() throws IOException {
    resource = client.resource(ActionExecutorFixture.minimal()).create();
  }

  @Test
  void anExistingJobIsNotCreatedAgain() {
    execute(CREATE);
    execute(CREATE);

    assertThat(jobs(client)).hasSize(1);
    assertThat(client.events().v1().events().inNamespace("glance").list().getItems())
        .singleElement()
        .satisfies(event -> assertThat(event.getReason()).isEqualTo("JobCreated"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void aJobOfARecentDecisionIsCreated(int seconds) {
    ActionExecutorFixture.execute(client, resource, Duration.ofSeconds(seconds), CREATE);

    assertThat(jobs(client)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 3600, -1})
  void aJobOfAnOldDecisionIsNotCreatedBecauseAnotherReplicaMayLead(int seconds) {
    assertThatThrownBy(
            () ->
                ActionExecutorFixture.execute(
                    client, resource, Duration.ofSeconds(seconds), CREATE))
        .isInstanceOf(StaleDecisionException.class);

    assertThat(jobs(client)).isEmpty();
  }

  @Test
  void eventsAreEmittedAfterTheJobAndAlsoIfItIsNotCreated() throws InterruptedException {
    var event = new Action.EmitEvent(true, "Refused", "why");
    execute(event, CREATE);

    assertThat(requests()).containsSubsequence("POST jobs", "POST events");
    assertThatThrownBy(
            () ->
                ActionExecutorFixture.execute(
                    client,
                    resource,
                    Duration.ofHours(1),
                    new Action.EmitEvent(true, "RefusedAgain", "why"),
                    CREATE))
        .isInstanceOf(StaleDecisionException.class);
    assertThat(client.events().v1().events().inNamespace("glance").list().getItems())
        .extracting(Event::getReason)
        .contains("Refused", "RefusedAgain");
  }

  @Test
  void noJobIsCreatedBesideOneThatTheCacheLacks() {
    execute(CREATE);

    assertThatThrownBy(() -> execute(new Action.CreateJob(Step.SYNC, 1, KnownState.NOTHING)))
        .isInstanceOf(StaleDecisionException.class)
        .hasMessageContaining(jobs(client).getFirst().getMetadata().getName());

    assertThat(jobs(client)).hasSize(1);
  }

  @Test
  void aForeignJobWithOurLabelsDoesNotPreventAJob() {
    createForeignJob();

    execute(new Action.CreateJob(Step.SYNC, 1, KnownState.NOTHING));

    assertThat(jobs(client)).hasSize(2);
  }

  @Test
  void aForeignJobWithOurLabelsDoesNotKeepTheFinalizer() throws InterruptedException {
    resource.getMetadata().setFinalizers(List.of("example.org/other", Names.FINALIZER));
    resource = client.resource(resource).update();
    createForeignJob();

    execute(new Action.RemoveFinalizer());

    // Asserts the request: the mock server joins lists, whereas a merge patch replaces them.
    assertThat(server.getLastRequest().getMethod()).isEqualTo("PATCH");
    assertThat(server.getLastRequest().getPath()).endsWith("/schemaversions/glance");
  }

  private void createForeignJob() {
    execute(CREATE);
    var job = jobs(client).getFirst();
    client.resource(job).delete();
    job.getMetadata().setName("foreign");
    job.getMetadata().setResourceVersion(null);
    job.getMetadata().getLabels().remove(Labels.STEP);
    client.resource(job).create();
  }

  @Test
  void aJobThatTheCacheLacksKeepsTheFinalizer() {
    execute(new Action.AddFinalizer());
    resource = client.resource(resource).get();
    execute(CREATE);

    execute(new Action.RemoveFinalizer());

    assertThat(client.resource(resource).get().getMetadata().getFinalizers())
        .containsExactly(Names.FINALIZER);
  }

  private void execute(Action... actions) {
    ActionExecutorFixture.execute(client, resource, actions);
  }

  private List<String> requests() throws InterruptedException {
    var requests = new ArrayList<String>();
    for (int i = server.getRequestCount(); i > 0; i--) {
      var request = server.takeRequest();
      requests.add(request.getMethod() + " " + request.getPath().replaceAll(".*/", ""));
    }
    return requests;
  }
}
