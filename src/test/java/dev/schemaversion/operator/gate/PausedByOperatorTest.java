package dev.schemaversion.operator.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where no admission policy pauses Deployments, the operator pauses the roll-out of a template
 * whose requirements are not satisfied, and resumes it.
 */
@EnableKubernetesMockClient(https = false, crud = true)
class PausedByOperatorTest {
  private static final String ROLLING =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: registry
        namespace: glance
        generation: 2
        labels: {schemaversion.dev/requires: glance}
        annotations: {note: kept}
      spec:
        replicas: 3
        template:
          metadata:
            labels: {schemaversion.dev/requires: glance}
            annotations: {schemaversion.dev/min-version: "14"}
          spec: {schedulingGates: [{name: schemaversion.dev/schema}]}
      status:
        observedGeneration: 2
        conditions: [{type: Progressing, status: "True", reason: ReplicaSetUpdated}]
      """;

  private static final String AT_FOURTEEN =
      GateFixtures.AT_THIRTEEN.replace("version: \"13\"", "version: \"14\"");

  KubernetesClient client;

  @ParameterizedTest(name = "policies {0}, {1}: paused {3}")
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      value = {
        "PodTemplate | the roll-out of version 14 at 13 | '' | true",
        "none | the same without any policy | '' | true",
        "Admission | where policies pause | '' | false",
        "PodTemplate | a complete roll-out | ReplicaSetUpdated → NewReplicaSetAvailable | false",
        "PodTemplate | one that is not observed yet | observedGeneration: 2 → observedGeneration: 0 | false",
        "PodTemplate | a satisfied one | min-version: \"14\" → min-version: \"13\" | false"
      })
  void anUnsatisfiedRollOutIsPausedWhereNoPolicyDoes(
      String mode, String name, String change, boolean paused) {
    install(mode);
    reconciled(changed(change), GateFixtures.AT_THIRTEEN);

    assertThat(now().getSpec().getPaused()).as(name).isEqualTo(paused ? true : null);
    assertThat(now().getMetadata().getAnnotations()).containsEntry("note", "kept");
    if (paused) {
      assertThat(now().getMetadata().getAnnotations())
          .containsEntry("schemaversion.dev/held", "glance");
      assertThat(events()).extracting(Event::getReason).containsExactly("VersionTooLow");
    }
  }

  @Test
  void itIsResumedWhenItsRequirementsAreSatisfied() {
    install("PodTemplate");
    reconciled(ROLLING, GateFixtures.AT_THIRTEEN);
    reconciler().reconcile(now(), GateFixtures.context(AT_FOURTEEN));

    assertThat(now().getSpec().getPaused()).isNull();
    assertThat(events())
        .extracting(Event::getReason)
        .containsExactlyInAnyOrder("VersionTooLow", "RolloutReleased");
  }

  @Test
  void oneThatIsResumedByHandIsPausedAgain() {
    install("PodTemplate");
    var resumed = ROLLING.replace("{note: kept}", "{note: kept, schemaversion.dev/held: glance}");
    reconciled(resumed, GateFixtures.AT_THIRTEEN);

    assertThat(now().getSpec().getPaused()).isTrue();
  }

  @Test
  void aUsersOwnPauseGetsNoMark() {
    install("PodTemplate");
    reconciled(ROLLING.replace("replicas: 3", "paused: true"), GateFixtures.AT_THIRTEEN);

    assertThat(now().getMetadata().getAnnotations()).containsOnlyKeys("note");
  }

  private static String changed(String change) {
    if (change.isEmpty()) {
      return ROLLING;
    }
    var parts = change.split(" → ", -1);
    assertThat(ROLLING).containsOnlyOnce(parts[0]);
    return ROLLING.replace(parts[0], parts[1]);
  }

  private void install(String mode) {
    if (GateMode.Admission.name().equals(mode)) {
      GateFixtures.bindPolicies(client);
    } else if (mode != null) {
      GateFixtures.bind(client, "v1", "Validating", InstalledPolicies.REFUSE_PODS);
    }
  }

  private void reconciled(String deployment, String resource) {
    var created = client.resource(Serialization.unmarshal(deployment, Deployment.class)).create();
    reconciler().reconcile(created, GateFixtures.context(resource));
  }

  private WorkloadReconciler reconciler() {
    return GateFixtures.workloadReconciler(client);
  }

  private Deployment now() {
    return client.apps().deployments().inNamespace("glance").withName("registry").get();
  }

  private List<Event> events() {
    return client.events().v1().events().inNamespace("glance").list().getItems();
  }
}
