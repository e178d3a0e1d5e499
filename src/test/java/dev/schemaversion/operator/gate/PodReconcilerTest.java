package dev.schemaversion.operator.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gated pod is released by its requirements, or deleted if its revision is obsolete. */
@EnableKubernetesMockClient(https = false, crud = true)
class PodReconcilerTest {
  private static final String GATED = "[{name: schemaversion.dev/schema}]";
  private static final String AT_TWELVE = GateFixtures.AT_THIRTEEN.replace("\"13\"", "\"12\"");

  KubernetesClient client;

  @BeforeEach
  void policies() {
    GateFixtures.bindPolicies(client);
  }

  @Test
  void aSatisfiedPodIsReleasedAndNotRequeued() {
    var control = reconciled(GateFixtures.pod(GATED), GateFixtures.AT_THIRTEEN);

    assertThat(events()).extracting(Event::getReason).containsExactly("PodReleased");
    assertThat(control.getScheduleDelay()).isEmpty();
  }

  @ParameterizedTest(name = "{0} → {1}: {2}")
  @CsvSource({
    "'version: \"13\"', 'version: \"12\"', VersionTooLow",
    "', version: \"13\"', '', VersionUnknown",
    "observedGeneration: 4, observedGeneration: 3, VersionUnknown",
    "'name: glance,', 'name: nova,', SchemaVersionNotFound",
  })
  void anUnsatisfiedPodStaysGatedAndGetsAWarning(String from, String to, String reason) {
    assertThat(GateFixtures.AT_THIRTEEN).containsOnlyOnce(from);
    reconciled(GateFixtures.pod(GATED), GateFixtures.AT_THIRTEEN.replace(from, to));

    assertThat(Pods.gated(now())).isTrue();
    assertThat(events()).extracting(Event::getReason).containsExactly(reason);
    assertThat(events()).extracting(Event::getType).containsExactly("Warning");
    assertThat(events().getFirst().getRegarding().getKind()).isEqualTo("Pod");
  }

  @Test
  void aTargetAboveTheMaxVersionHoldsThePod() {
    var upToThirteen = GateFixtures.pod(GATED);
    upToThirteen.getMetadata().getAnnotations().put("schemaversion.dev/max-version", "13");
    reconciled(
        upToThirteen,
        GateFixtures.AT_THIRTEEN.replace("version: \"13\"", "version: \"13\", target: \"14\""));

    assertThat(Pods.gated(now())).isTrue();
    assertThat(events())
        .singleElement()
        .satisfies(event -> assertThat(event.getNote()).contains("about to be migrated to 14"));
  }

  @Test
  void aPodWithOnlyOtherControllersGatesIsLeftAlone() {
    reconciled(GateFixtures.pod("[{name: other}]"), GateFixtures.AT_THIRTEEN);

    assertThat(events()).isEmpty();
    assertThat(now().getSpec().getSchedulingGates()).hasSize(1);
  }

  @Test
  void aPodThatIsBeingDeletedIsLeftAlone() {
    var pod = GateFixtures.pod(GATED);
    pod.getMetadata().setDeletionTimestamp("2026-03-01T12:00:00Z");
    GateFixtures.podReconciler(client)
        .reconcile(pod, GateFixtures.context(GateFixtures.AT_THIRTEEN));

    assertThat(events()).isEmpty();
  }

  @Test
  void aPodOfAnObsoleteRevisionIsDeleted() {
    reconciled(podOf(set("registry-a")), AT_TWELVE);

    assertThat(now()).isNull();
    assertThat(events())
        .extracting(event -> event.getRegarding().getKind() + " " + event.getReason())
        .containsExactlyInAnyOrder("Pod VersionTooLow", "StatefulSet ObsoletePodDeleted");
  }

  @Test
  void aPodOfTheUpdateRevisionStaysAndIsRequeued() {
    var control = reconciled(podOf(set("registry-b")), AT_TWELVE);

    assertThat(now()).isNotNull();
    assertThat(control.getScheduleDelay()).contains(Duration.ofSeconds(15).toMillis());
  }

  @Test
  void aPodWhoseStatefulSetIsGoneStays() {
    reconciled(GateFixtures.pod(GATED), AT_TWELVE);

    assertThat(now()).isNotNull();
  }

  @Test
  void aPodOfAnotherKindIsNotRequeued() {
    var pod = GateFixtures.pod(GATED);
    pod.getMetadata().getOwnerReferences().getFirst().setKind("DaemonSet");

    assertThat(reconciled(pod, AT_TWELVE).getScheduleDelay()).isEmpty();
  }

  private UpdateControl<Pod> reconciled(Pod pod, String resource) {
    var created = client.resource(pod).create();
    created.getMetadata().setUid("pod-uid");
    return GateFixtures.podReconciler(client).reconcile(created, GateFixtures.context(resource));
  }

  private Pod podOf(StatefulSet set) {
    var pod = GateFixtures.pod(GATED);
    pod.getMetadata().getOwnerReferences().getFirst().setUid(set.getMetadata().getUid());
    return pod;
  }

  /** Creates the StatefulSet; the mock server gives it generation 1 and a new uid. */
  private StatefulSet set(String updateRevision) {
    var yaml =
        StatefulSetsTest.ROLLED_BACK
            .replace("updateRevision: registry-a", "updateRevision: " + updateRevision)
            .replace("observedGeneration: 3", "observedGeneration: 1");
    return client.resource(Serialization.unmarshal(yaml, StatefulSet.class)).create();
  }

  private Pod now() {
    return client.pods().inNamespace("glance").withName("registry-0").get();
  }

  private List<Event> events() {
    return client.events().v1().events().inNamespace("glance").list().getItems();
  }
}
