package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.Program.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the operator's account may do to workloads and resources, even if its rights were those of
 * the administrator. {@link BoundJobsTest} is about its Jobs.
 */
@GateAlone
class BoundOperatorTest {

  private static final String OTHERS_GATE = "example.com/quota";
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final OwnerReference OWNER =
      new OwnerReferenceBuilder()
          .withApiVersion("v1")
          .withKind("ConfigMap")
          .withName("owner")
          .withUid("6f5d7a1c-0000-4000-8000-000000000000")
          .build();

  /** A change, and what the refusal of it says. */
  record Refused<T>(String sentence, UnaryOperator<T> change, String message) {
    @Override
    public String toString() {
      return sentence;
    }
  }

  private Tenant tenant;
  private Tenant operator;

  @BeforeEach
  void namespace(Tenant tenant) {
    this.tenant = tenant;
    operator = tenant.asOperatorWithEveryRight();
  }

  static Stream<Refused<Deployment>> changesOfDeployments() {
    var only = "the operator may only take its mark off a Deployment; it wants to change ";
    var pause = "the operator may only end the pause of a Deployment; it wants to change ";
    return Stream.of(
        refused("an image", Program.image("localhost/evil:1"), pause + "spec.template"),
        refused("what the pods need", Program.needing("1"), pause + "spec.template"),
        refused("the size", Program.replicas(3), pause + "spec.replicas"),
        refused(
            "the strategy",
            deployment(
                d -> d.editSpec().withNewStrategy().withType("Recreate").endStrategy().endSpec()),
            pause + "spec.strategy"),
        refused(
            "a field that was not there",
            deployment(d -> d.editSpec().withMinReadySeconds(7).endSpec()),
            pause + "spec.minReadySeconds"),
        refused(
            "image and release in one",
            together(Program.unmarked(), Program.paused(null), Program.image("localhost/evil:1")),
            pause + "spec.template"),
        refused("the label", Program.labelled("other"), only + "metadata.labels"),
        refused("no label", Program.unlabelled(), only + "metadata.labels"),
        refused(
            "a finalizer",
            deployment(d -> d.editMetadata().addToFinalizers("example.com/f").endMetadata()),
            only + "metadata.finalizers"),
        refused(
            "an owner",
            deployment(d -> d.editMetadata().addToOwnerReferences(OWNER).endMetadata()),
            only + "metadata.ownerReferences"),
        refused("a new annotation", Program.annotated("a", "b"), only + "the annotations a"),
        refused(
            "another's annotation", Program.annotated("mine", "x"), only + "the annotations mine"),
        refused(
            "no annotations at all",
            deployment(d -> d.editMetadata().withAnnotations(null).endMetadata()),
            only + "the annotations mine"),
        refused(
            "another mark",
            Program.marked("other"),
            only + "the annotations schemaversion.dev/held"),
        refused(
            "the pause without the mark",
            Program.paused(false),
            "the operator may end the pause of a Deployment only together with the gate's mark"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changesOfDeployments")
  void theOperatorCannotChangeOfAHeldDeployment(Refused<Deployment> refused) {
    var held = Program.annotated("mine", "1").apply(Program.requiring("p", "glance", "14"));
    var stored = tenant.create(held);

    assertRefused(() -> operator.change(stored, refused.change()), refused.message());
  }

  @Test
  void theOperatorCannotEndAPersonsPauseOrMakeOne() {
    var going = tenant.create(Program.requiring("going", "glance", "13"));
    var paused =
        tenant.create(Program.paused(true).apply(Program.requiring("paused", "glance", "13")));

    assertRefused(
        () -> operator.change(going, Program.paused(true)),
        "the operator must not pause a Deployment");
    assertRefused(
        () -> operator.change(going, Program.marked("glance")),
        "the operator may only take its mark off a Deployment");
    assertRefused(
        () -> operator.change(paused, Program.paused(false)),
        "the operator may end the pause of a Deployment only together with the gate's mark");
  }

  @Test
  void theOperatorReleasesADeploymentAndChangesNothingElse() {
    var held = Program.annotated("mine", "1").apply(Program.requiring("p", "glance", "14"));
    var stored = tenant.create(held);

    Operator.release(tenant.asOperator(), "p");

    var released = tenant.deployment("p").get();
    assertThat(Verdict.of(released)).isEqualTo(Verdict.GOING);
    assertThat(released.getMetadata().getAnnotations()).containsEntry("mine", "1");
    assertThat(released.getSpec().getTemplate()).isEqualTo(stored.getSpec().getTemplate());
  }

  static Stream<Refused<Pod>> changesOfPods() {
    var only = "the operator may only take its gates off a pod; it wants to change ";
    return Stream.of(
        refused("an image", Pods.image("localhost/evil:1"), only + "spec.containers"),
        refused(
            "a toleration",
            Pods.spec(
                s ->
                    s.addToTolerations(
                        new TolerationBuilder().withOperator("Exists").withKey("k").build())),
            only + "spec.tolerations"),
        refused(
            "where it may run",
            Pods.spec(s -> s.addToNodeSelector("zone", "b")),
            only + "spec.nodeSelector"),
        refused("an annotation", Pods.annotated("a", "b"), only + "metadata.annotations"),
        refused("the label", Pods.unlabelled(), only + "metadata.labels"),
        refused(
            "a finalizer",
            Pods.metadata(m -> m.addToFinalizers("example.com/f")),
            only + "metadata.finalizers"),
        refused(
            "an owner",
            Pods.metadata(m -> m.addToOwnerReferences(OWNER)),
            only + "metadata.ownerReferences"),
        refused(
            "image and gate in one",
            pod -> Pods.image("localhost/evil:1").apply(Pods.gated(OTHERS_GATE).apply(pod)),
            only + "spec.containers"),
        refused(
            "another's gate",
            Pods.gated(Gates.OF_LABEL),
            "the operator may only take its own gates off a pod; it wants to take off "
                + OTHERS_GATE),
        refused(
            "all gates",
            Pods.ungated(),
            "the operator may only take its own gates off a pod; it wants to take off "
                + OTHERS_GATE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changesOfPods")
  void theOperatorCannotChangeOfAGatedPod(Refused<Pod> refused) {
    var stored = tenant.create(gatedPod());

    assertRefused(() -> operator.change(stored, refused.change()), refused.message());
  }

  @Test
  void theOperatorTakesItsGatesOffAndLeavesOthers() {
    var stored =
        tenant.create(
            Program.pod(
                together(Program.gated(OTHERS_GATE), Program.further("keystone=4"))
                    .apply(Program.requiring("p", "glance", "14"))));
    assertThat(Gates.of(stored)).containsExactly(OTHERS_GATE, Gates.OF_LABEL, Gates.of("keystone"));

    var released = operator.change(stored, Pods.gated(OTHERS_GATE));

    assertThat(Gates.of(released)).containsExactly(OTHERS_GATE);
  }

  @Test
  void theOperatorDeletesPodsOfItsJobsAndGatedOnesAndNoOthers() {
    var gated = tenant.create(gatedPod());
    var going = tenant.create(Program.pod(Program.requiring("p", "glance", "13")));
    var others =
        tenant.create(Program.pod(Program.gated(OTHERS_GATE).apply(Program.deployment("p"))));
    var ofJob =
        tenant.create(
            Pods.metadata(
                    m -> m.addToLabels("app.kubernetes.io/managed-by", "schemaversion-operator"))
                .apply(Program.pod(Program.deployment("p"))));
    var message =
        "the operator may only delete pods of its Jobs and pods that still carry its gate";

    assertRefused(() -> operator.in(going).delete(), message);
    assertRefused(() -> operator.in(others).delete(), message);
    operator.in(gated).delete();
    operator.in(ofJob).delete();

    assertThat(tenant.in(going).get()).isNotNull();
    assertThat(tenant.in(others).get()).isNotNull();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'spec': {'version': '14'}} | spec.version",
        "{'spec': {'database': {'host': 'elsewhere'}}} | spec.database",
        "{'spec': {'suspend': true}} | spec.suspend",
        "{'metadata': {'labels': {'a': 'b'}}} | metadata.labels",
        "{'metadata': {'annotations': {'schemaversion.dev/approve': 'x'}}} | metadata.annotations",
        "{'metadata': {'finalizers': ['example.com/f']}} | its own finalizer",
        "{'metadata': {'finalizers': null}} | its own finalizer"
      })
  void theOperatorCannotChangeOfASchemaVersion(String json, String what) {
    var guard = "{'metadata': {'finalizers': ['example.com/guard']}}";
    var asked = json.replace('\'', '"');
    tenant.schemaVersion("glance", "13").patch(MERGE, guard.replace('\'', '"'));
    try {
      assertRefused(() -> operator.schemaVersion("glance", "13").patch(MERGE, asked), what);
    } finally {
      tenant.schemaVersion("glance", "13").patch(MERGE, "{\"metadata\":{\"finalizers\":null}}");
    }
  }

  @Test
  void theOperatorPutsItsFinalizerOnAndOffAndWritesTheStatus() {
    var real = tenant.asOperator();
    var finalizer = "{\"metadata\":{\"finalizers\":%s}}";

    real.schemaVersion("glance", "13")
        .patch(MERGE, finalizer.formatted("[\"schemaversion.dev/running-job\"]"));
    assertThat(tenant.schemaVersion("glance", "13").get().getMetadata().getFinalizers())
        .containsExactly("schemaversion.dev/running-job");
    real.schemaVersion("glance", "13").patch(MERGE, finalizer.formatted("null"));
    real.record("glance", "13", "14", 1);

    var stored = tenant.schemaVersion("glance", "13").get();
    assertThat(stored.getMetadata().getFinalizers()).isEmpty();
    assertThat(stored.get("status").toString()).contains("target=14");
  }

  @Test
  void nobodyElseIsBound() {
    var stored = tenant.create(Program.requiring("p", "glance", "13"));

    var changed = tenant.change(stored, Program.image("localhost/program:2"));

    assertThat(changed.getSpec().getTemplate().getSpec().getContainers().get(0).getImage())
        .isEqualTo("localhost/program:2");
  }

  private static Pod gatedPod() {
    return Program.pod(Program.gated(OTHERS_GATE).apply(Program.requiring("p", "glance", "14")));
  }

  private static <T extends HasMetadata> Refused<T> refused(
      String sentence, UnaryOperator<T> change, String message) {
    return new Refused<>(sentence, change, message);
  }

  private static UnaryOperator<Deployment> deployment(UnaryOperator<DeploymentBuilder> edit) {
    return d -> edit.apply(new DeploymentBuilder(d)).build();
  }

  static void assertRefused(ThrowingCallable request, String message) {
    assertThatThrownBy(request)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("schemaversion-bind-operator-")
        .hasMessageContaining(message);
  }
}
