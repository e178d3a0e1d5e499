package dev.schemaversion.operator.reconcile;

import static dev.schemaversion.operator.reconcile.ActionExecutorFixture.CREATE;
import static dev.schemaversion.operator.reconcile.ActionExecutorFixture.jobs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.decide.Action;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs are adopted and deleted; a Job that works, or is another one, is not touched. */
@EnableKubernetesMockClient(https = false, crud = true)
class JobActionsTest {
  KubernetesClient client;
  private SchemaVersion resource;

  @BeforeEach
  void resource() throws IOException {
    resource = client.resource(ActionExecutorFixture.minimal()).create();
  }

  @Test
  void anAdoptedJobHasTheResourceAsItsOwner() {
    execute(CREATE);
    var job = jobs(client).getFirst().getMetadata();

    execute(new Action.AdoptJob(job.getName(), job.getUid()));

    assertThat(jobs(client).getFirst().getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(
            (OwnerReference owner) -> {
              assertThat(owner.getKind()).isEqualTo("SchemaVersion");
              assertThat(owner.getUid()).isEqualTo(resource.getMetadata().getUid());
              assertThat(owner.getBlockOwnerDeletion()).isFalse();
            });
  }

  @Test
  void adoptingOrDeletingAJobThatIsGoneIsNoError() {
    execute(new Action.AdoptJob("gone", "u"), new Action.DeleteEndedJob("gone", "u"));

    assertThat(jobs(client)).isEmpty();
  }

  @Test
  void anEndedJobIsDeleted() {
    execute(CREATE);
    var job = jobs(client).getFirst().getMetadata();

    execute(new Action.DeleteEndedJob(job.getName(), job.getUid()));

    assertThat(jobs(client)).isEmpty();
  }

  @Test
  void aPendingJobIsDeletedWithItsPod() {
    execute(CREATE);
    var job = jobs(client).getFirst();
    pod(job, "{phase: Pending}");

    execute(new Action.ReplacePendingJob(job.getMetadata().getName(), job.getMetadata().getUid()));

    assertThat(jobs(client)).isEmpty();
    assertThat(pods()).isEmpty();
  }

  @Test
  void aJobWhoseRunnerHasStartedMeanwhileIsNotDeleted() {
    execute(CREATE);
    var job = jobs(client).getFirst();
    pod(job, "{phase: Running, containerStatuses: [{name: runner, state: {running: {}}}]}");

    execute(new Action.ReplacePendingJob(job.getMetadata().getName(), job.getMetadata().getUid()));

    assertThat(jobs(client)).hasSize(1);
    assertThat(pods()).hasSize(1);
  }

  @Test
  void aYoungerJobOfTheSameNameIsNotDeleted() {
    execute(CREATE);
    var job = jobs(client).getFirst();

    execute(new Action.ReplacePendingJob(job.getMetadata().getName(), "an older one"));

    assertThat(jobs(client)).hasSize(1);
  }

  private void execute(Action... actions) {
    ActionExecutorFixture.execute(client, resource, actions);
  }

  private void pod(Job job, String status) {
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("runner-x")
            .withNamespace("glance")
            .withLabels(job.getMetadata().getLabels())
            .addToLabels("batch.kubernetes.io/controller-uid", job.getMetadata().getUid())
            .endMetadata()
            .withStatus(Serialization.unmarshal("---\n" + status, PodStatus.class))
            .build();
    client.resource(pod).create();
  }

  private List<Pod> pods() {
    return client.pods().inNamespace("glance").list().getItems();
  }
}
