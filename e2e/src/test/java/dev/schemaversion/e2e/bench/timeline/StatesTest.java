package dev.schemaversion.e2e.bench.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.bench.timeline.States.State;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatesTest {
  @Test
  void aJobIsCreatedCompleteOrFailed() {
    var job = "metadata: {name: migrate}\nstatus: {conditions: [{type: %s, status: 'True'}]}";

    assertThat(names(job.formatted("Complete"), Job.class))
        .containsExactly("Job migrate created", "Job migrate complete");
    assertThat(names(job.formatted("Failed"), Job.class))
        .containsExactly("Job migrate created", "failed: Job migrate");
  }

  @Test
  void onlyOtherJobsThanTheOperatorsAreWaitedFor() {
    var job =
        """
        metadata: {name: glance-sync-1, labels: {%s: sync}}
        status: {conditions: [{type: Complete, status: 'True'}]}
        """;

    assertThat(states(job.formatted("schemaversion.dev/step"), Job.class))
        .endsWith(new State("Job sync complete", null));
    assertThat(states(job.formatted("app"), Job.class))
        .endsWith(new State("Job glance-sync-1 complete", Part.REACTION));
  }

  @Test
  void aPodOfTheOperatorIsCalledByItsStepAndTheEndOfItsRunnerCounts() {
    var pod =
        """
        metadata: {name: glance-sync-1, labels: {schemaversion.dev/step: sync, batch.kubernetes.io/job-name: glance-sync-1}}
        spec: {initContainers: [{name: scratch}], containers: [{name: runner}]}
        status:
          conditions: [{type: PodScheduled, status: 'True'}]
          initContainerStatuses: [{name: scratch, state: {running: {}}}]
          containerStatuses: [{name: runner, state: {terminated: {exitCode: 0}}}]
        """;

    assertThat(states(pod, Pod.class))
        .containsExactly(
            new State("pod sync created", Part.REACTION),
            new State("pod sync scheduled", Part.START),
            new State("pod sync: scratch seen started", null),
            new State("pod sync: runner seen started", null),
            new State("pod sync: runner seen ended", Part.END));
  }

  @Test
  void theProgramRunsWhenItsOwnContainerDoes() {
    var pod =
        """
        metadata: {name: glance-registry-1}
        spec: {initContainers: [{name: flyway}], containers: [{name: registry}]}
        status:
          initContainerStatuses: [{name: flyway, state: {terminated: {exitCode: 0}}}]
          containerStatuses: [{name: registry, state: {%s: {}}}]
        """;

    assertThat(names(pod.formatted("waiting"), Pod.class))
        .containsExactly(
            "pod program created",
            "pod program: flyway seen started",
            "pod program: flyway seen ended");
    assertThat(states(pod.formatted("running"), Pod.class))
        .endsWith(new State(Recorder.PROGRAM_RUNS, Part.PROGRAM));
  }

  @Test
  void onlyAGatedDeploymentIsHeldOrReleased() {
    var deployment = "metadata: {name: glance, labels: {%s: glance}}\nspec: {paused: %s}";

    assertThat(names(deployment.formatted("schemaversion.dev/requires", "true"), Deployment.class))
        .containsExactly("Deployment created", "Deployment held");
    assertThat(names(deployment.formatted("schemaversion.dev/requires", "false"), Deployment.class))
        .containsExactly("Deployment created", "Deployment released");
    assertThat(names(deployment.formatted("app", "false"), Deployment.class))
        .containsExactly("Deployment created");
  }

  @Test
  void aSchemaVersionSaysWhatIsRecorded() {
    var resource =
        """
        metadata: {name: glance}
        status:
          baseline: {source: Empty}
          version: '13'
          conditions: [{type: Ready, status: 'True'}, {type: Stalled, status: 'False'}]
        """;

    assertThat(names(resource, GenericKubernetesResource.class))
        .containsExactly(
            "SchemaVersion created",
            "SchemaVersion: baseline recorded",
            "SchemaVersion: version 13",
            "SchemaVersion: Ready");
  }

  private static List<String> names(String yaml, Class<? extends HasMetadata> type) {
    return states(yaml, type).stream().map(State::name).toList();
  }

  private static List<State> states(String yaml, Class<? extends HasMetadata> type) {
    return States.of(Serialization.unmarshal(yaml, type));
  }
}
