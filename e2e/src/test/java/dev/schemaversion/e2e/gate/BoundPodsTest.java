package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.BoundOperatorTest.OWNER;
import static dev.schemaversion.e2e.gate.DeniedChange.assertDenied;
import static dev.schemaversion.e2e.gate.DeniedChange.denied;
import static dev.schemaversion.e2e.gate.Program.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The policies limit how the operator's account may change and delete pods, even with an
 * administrator's rights.
 */
@GateAlone
class BoundPodsTest {
  private static final String OTHERS_GATE = "example.com/quota";

  private Tenant tenant;
  private Tenant operator;

  @BeforeEach
  void namespace(Tenant tenant) {
    this.tenant = tenant;
    operator = tenant.asOperatorWithEveryRight();
  }

  static Stream<DeniedChange<Pod>> changesOfPods() {
    var only = "the operator may only remove its scheduling gates from a pod; the request changes ";
    return Stream.of(
        denied("an image", Pods.image("localhost/evil:1"), only + "spec.containers"),
        denied(
            "a toleration",
            Pods.spec(
                s ->
                    s.addToTolerations(
                        new TolerationBuilder().withOperator("Exists").withKey("k").build())),
            only + "spec.tolerations"),
        denied(
            "where it may run",
            Pods.spec(s -> s.addToNodeSelector("zone", "b")),
            only + "spec.nodeSelector"),
        denied("an annotation", Pods.annotated("a", "b"), only + "metadata.annotations"),
        denied("the label", Pods.unlabelled(), only + "metadata.labels"),
        denied(
            "a finalizer",
            Pods.metadata(m -> m.addToFinalizers("example.com/f")),
            only + "metadata.finalizers"),
        denied(
            "an owner",
            Pods.metadata(m -> m.addToOwnerReferences(OWNER)),
            only + "metadata.ownerReferences"),
        denied(
            "image and gate in one",
            pod -> Pods.image("localhost/evil:1").apply(Pods.gated(OTHERS_GATE).apply(pod)),
            only + "spec.containers"),
        denied(
            "another's gate",
            Pods.gated(Gates.OF_LABEL),
            "the operator may only remove its own scheduling gates from a pod; the request removes "
                + OTHERS_GATE),
        denied(
            "all gates",
            Pods.ungated(),
            "the operator may only remove its own scheduling gates from a pod; the request removes "
                + OTHERS_GATE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changesOfPods")
  void aChangeOfAGatedPodIsDenied(DeniedChange<Pod> denied) {
    var stored = tenant.create(gatedPod());

    assertDenied(() -> operator.change(stored, denied.change()), denied.message());
  }

  @Test
  void theOperatorCanRemoveItsGates() {
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
  void theOperatorCanOnlyDeletePodsOfItsJobsAndGatedPods() {
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
        "the operator may only delete pods of its Jobs and pods that still have its scheduling gate";

    assertDenied(() -> operator.in(going).delete(), message);
    assertDenied(() -> operator.in(others).delete(), message);
    operator.in(gated).delete();
    operator.in(ofJob).delete();

    assertThat(tenant.in(going).get()).isNotNull();
    assertThat(tenant.in(others).get()).isNotNull();
  }

  private static Pod gatedPod() {
    return Program.pod(Program.gated(OTHERS_GATE).apply(Program.requiring("p", "glance", "14")));
  }
}
