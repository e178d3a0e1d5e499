package dev.schemaversion.operator.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A held Deployment is released when its requirements are satisfied. */
@EnableKubernetesMockClient(https = false, crud = true)
public class WorkloadReconcilerTest {
  public static final String HELD =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: registry
        namespace: glance
        labels: {schemaversion.dev/requires: glance}
        annotations: {schemaversion.dev/held: "true", note: kept}
      spec:
        paused: true
        replicas: 3
        template:
          metadata:
            labels: {schemaversion.dev/requires: glance}
            annotations: {schemaversion.dev/min-version: "13"}
      """;

  KubernetesClient client;

  @BeforeEach
  void policies() {
    GateFixtures.bindPolicies(client);
  }

  @Test
  void aSatisfiedDeploymentIsReleased() {
    reconciled(HELD, GateFixtures.AT_THIRTEEN);

    assertThat(events()).extracting(Event::getReason).containsExactly("RolloutReleased");
    assertThat(now().getSpec().getPaused()).isNull();
    assertThat(now().getMetadata().getAnnotations()).containsEntry("note", "kept");
    assertThat(now().getSpec().getReplicas()).isEqualTo(3);
  }

  @Test
  void aDeploymentWhosePodsHaveNoLabelGetsAWarning() {
    var label = "labels: {schemaversion.dev/requires: glance}\n      annotations";
    assertThat(HELD).contains(label);
    reconciled(HELD.replace(label, "annotations"), GateFixtures.AT_THIRTEEN);

    assertThat(events())
        .filteredOn(event -> event.getReason().equals("PodsNotLabelled"))
        .singleElement()
        .extracting(Event::getNote)
        .asString()
        .contains("the pod template has no label schemaversion.dev/requires. Add it there too");
  }

  @ParameterizedTest(name = "{0} → {1}: {2}")
  @CsvSource(
      nullValues = "none",
      value = {
        "'version: \"13\"', 'version: \"12\"', VersionTooLow",
        "', version: \"13\"', '', VersionUnknown",
        "observedGeneration: 4, observedGeneration: 3, VersionUnknown",
        "observedGeneration: 4, observedGeneration: -1, VersionUnknown",
        "generation: 4}, 'generation: 4, deletionTimestamp: \"2026-03-01T12:00:00Z\"}',"
            + " VersionUnknown",
        "'status: {observedGeneration: 4, version: \"13\"}', '', VersionUnknown"
      })
  void anUnsatisfiedDeploymentStaysHeldAndGetsAWarning(String from, String to, String reason) {
    assertThat(GateFixtures.AT_THIRTEEN).containsOnlyOnce(from);
    reconciled(HELD, GateFixtures.AT_THIRTEEN.replace(from, to));

    assertThat(now().getSpec().getPaused()).isTrue();
    assertThat(events()).extracting(Event::getReason).containsExactly(reason);
    assertThat(events()).extracting(Event::getType).containsExactly("Warning");
  }

  @Test
  void aDeploymentWithoutItsSchemaVersionStaysHeld() {
    reconciled(HELD, null);

    assertThat(now().getSpec().getPaused()).isTrue();
    assertThat(events()).extracting(Event::getReason).containsExactly("SchemaVersionNotFound");
  }

  @ParameterizedTest
  @ValueSource(strings = {"glance", "glance,keystone", "?", ""})
  void theMarkIsRemovedWhateverItsValue(String value) {
    reconciled(HELD.replace("\"true\"", "\"" + value + "\""), GateFixtures.AT_THIRTEEN);

    assertThat(events()).extracting(Event::getReason).containsExactly("RolloutReleased");
    assertThat(now().getSpec().getPaused()).isNull();
  }

  @Test
  void twoRequirementsMustBothBeSatisfied() {
    var two = HELD.replace("\"13\"}", "\"13\", schemaversion.dev/requirements: keystone=4-5}");
    var keystone = GateFixtures.AT_THIRTEEN.replace("name: glance,", "name: keystone,");
    var created = client.resource(Serialization.unmarshal(two, Deployment.class)).create();

    reconciler().reconcile(created, GateFixtures.context(GateFixtures.AT_THIRTEEN));
    assertThat(now().getSpec().getPaused()).isTrue();
    reconciler().reconcile(created, GateFixtures.context(GateFixtures.AT_THIRTEEN, keystone));
    assertThat(now().getSpec().getPaused()).isTrue();
    assertThat(events())
        .extracting(Event::getReason)
        .containsExactlyInAnyOrder("SchemaVersionNotFound", "VersionTooHigh");
    reconciler()
        .reconcile(
            created,
            GateFixtures.context(GateFixtures.AT_THIRTEEN, keystone.replace("\"13\"", "\"5\"")));
    assertThat(now().getSpec().getPaused()).isNull();
  }

  @Test
  void aDeploymentPausedByAUserStaysPaused() {
    var pausedByUser = HELD.replace("schemaversion.dev/held: \"true\", ", "");
    reconciled(pausedByUser, GateFixtures.AT_THIRTEEN);

    assertThat(now().getSpec().getPaused()).isTrue();
    assertThat(events()).isEmpty();
  }

  @Test
  void aDeploymentThatIsDeletedMeanwhileIsNoError() {
    var deployment = Serialization.unmarshal(HELD, Deployment.class);
    deployment.getMetadata().setResourceVersion("1");

    reconciler().reconcile(deployment, GateFixtures.context(GateFixtures.AT_THIRTEEN));

    assertThat(events()).isEmpty();
  }

  private void reconciled(String deployment, String resource) {
    var created = client.resource(Serialization.unmarshal(deployment, Deployment.class)).create();
    reconciler().reconcile(created, GateFixtures.context(resource));
  }

  private Deployment now() {
    return client.apps().deployments().inNamespace("glance").withName("registry").get();
  }

  private WorkloadReconciler reconciler() {
    return GateFixtures.workloadReconciler(client);
  }

  private List<Event> events() {
    return client.events().v1().events().inNamespace("glance").list().getItems();
  }
}
