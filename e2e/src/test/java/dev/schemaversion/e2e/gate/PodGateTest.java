package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.Program.further;
import static dev.schemaversion.e2e.gate.Program.gated;
import static dev.schemaversion.e2e.gate.Program.labelled;
import static dev.schemaversion.e2e.gate.Program.needing;
import static dev.schemaversion.e2e.gate.Program.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The policies alone, without the operator, set and remove scheduling gates of pods. Database
 * "glance" is at version 13, "keystone" at 4; the version of "unknown" is not recorded.
 */
@GateAlone
class PodGateTest {

  private static final String A = "example.com/a";
  private static final String B = "example.com/b";
  private static final String KEYSTONE = Gates.of("keystone");
  private static final UnaryOperator<Deployment> SATISFIED =
      together(labelled("glance"), needing("13"));
  private static final UnaryOperator<Deployment> UNSATISFIED =
      together(labelled("glance"), needing("14"));
  private static final UnaryOperator<Deployment> OURS = gated(Gates.OF_LABEL);

  /** A pod that a user writes, and its gates as stored. */
  record Case(String sentence, List<String> expected, UnaryOperator<Deployment> written) {
    @Override
    public String toString() {
      return sentence + ": " + expected;
    }
  }

  private static Tenant tenant;
  private static Kubectl kubectl;

  @BeforeAll
  static void databases(Tenant shared, Cluster cluster) {
    tenant = shared;
    tenant.database("keystone", "4");
    tenant.awaitPoliciesSeeDatabases();
    kubectl = new Kubectl(cluster, tenant.namespace());
  }

  static Stream<Case> held() {
    return Stream.of(
        gates("a version too low", UNSATISFIED, Gates.OF_LABEL),
        gates("no SchemaVersion yet", labelled("unknown"), Gates.OF_LABEL),
        gates("no min-version", labelled("glance"), Gates.OF_LABEL),
        gates("a label without a name", together(labelled(""), needing("1")), Gates.OF_LABEL),
        gates("a version too high", together(SATISFIED, Program.atMost("12")), Gates.OF_LABEL),
        gates("by the annotation alone", together(labelled(""), further("keystone=5")), KEYSTONE));
  }

  static Stream<Case> passed() {
    return Stream.of(
        gates("satisfied", SATISFIED),
        gates("satisfied up to that version", together(SATISFIED, Program.atMost("13"))),
        gates("by the annotation alone", together(labelled(""), further("keystone=4-4"))),
        gates("not labelled", needing("99")));
  }

  static Stream<Case> others() {
    return Stream.of(
        gates("held beside others", together(gated(A, B), UNSATISFIED), A, B, Gates.OF_LABEL),
        gates("passed beside others", together(gated(B, A), SATISFIED), B, A),
        gates("not labelled, with others", gated(A, B), A, B),
        gates(
            "that are named almost as ours",
            together(
                gated("schemaversion.dev/other", "schemaversion.dev/schemata", "schema"),
                SATISFIED),
            "schemaversion.dev/other",
            "schemaversion.dev/schemata",
            "schema"),
        gates(
            "passed by one of two, beside others",
            together(gated(A, B), UNSATISFIED, further("keystone=4")),
            A,
            B,
            Gates.OF_LABEL));
  }

  static Stream<Case> writtenByTheUser() {
    return Stream.of(
        gates("held once", together(OURS, UNSATISFIED), Gates.OF_LABEL),
        gates("passed", together(OURS, SATISFIED)),
        gates(
            "held between others",
            together(gated(A, Gates.OF_LABEL, B), UNSATISFIED),
            A,
            Gates.OF_LABEL,
            B),
        gates("passed between others", together(gated(A, Gates.OF_LABEL, B), SATISFIED), A, B),
        gates("for all of several", together(OURS, SATISFIED, further("keystone=5")), KEYSTONE),
        gates("for all of several, satisfied", together(OURS, SATISFIED, further("keystone=4"))),
        gates("where the label names nothing", together(OURS, labelled(""), further("keystone=4"))),
        gates(
            "for what it does not need",
            together(gated(Gates.of("nova"), Gates.OF_LABEL, A), SATISFIED),
            A),
        gates("without a label", OURS, Gates.OF_LABEL));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"held", "passed", "others", "writtenByTheUser"})
  void theStoredPodHasTheGates(Case given) {
    var pod = Program.pod(given.written().apply(Program.deployment("pod")));

    assertThat(Gates.of(tenant.create(pod))).isEqualTo(given.expected());
  }

  @Test
  void anUnsatisfiedPodWithANodeNameIsDenied() {
    assertThatThrownBy(() -> tenant.create(onNode(pod(UNSATISFIED))))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("spec.nodeName: Forbidden: cannot be set until all schedulingGates");
  }

  @Test
  void aSatisfiedPodWithANodeNameIsCreated() {
    var stored = tenant.create(onNode(pod(SATISFIED)));

    assertThat(stored.getSpec().getNodeName()).isEqualTo("nowhere");
  }

  @Test
  void aReleaseByTheOperatorIsNotReverted() {
    var stored = tenant.create(pod(together(gated(A), UNSATISFIED)));

    tenant.asOperatorWithEveryRight().change(stored, Pods.gated(A));

    assertThat(Gates.of(tenant.in(stored).get())).containsExactly(A);
  }

  @Test
  void aReleaseByAnotherUserIsRevertedExceptForOtherGates() {
    var stored = tenant.create(pod(together(gated(A, B), UNSATISFIED, further("keystone=5"))));

    assertThat(Gates.of(tenant.change(stored, Pods.gated(B, KEYSTONE))))
        .containsExactly(B, Gates.OF_LABEL, KEYSTONE);
    assertThat(Gates.of(tenant.change(stored, Pods.ungated())))
        .containsExactly(Gates.OF_LABEL, KEYSTONE);
  }

  @Test
  void aReplaceWithoutGatesKeepsTheGates() {
    var manifest = onItsOwn(pod(UNSATISFIED));
    assertThat(kubectl.attempt(manifest, "create", "-f", "-").exit()).isZero();

    var replaced = kubectl.attempt(manifest, "replace", "-f", "-");

    assertThat(replaced.exit()).as(replaced.err()).isZero();
    assertThat(Gates.of(tenant.in(manifest).get())).containsExactly(Gates.OF_LABEL);
    assertThat(kubectl.attempt(manifest, "diff", "-f", "-").out()).isEmpty();
  }

  @Test
  void removingTheLabelRemovesOnlyTheOperatorsGates() {
    var stored = tenant.create(pod(together(gated(A), UNSATISFIED, further("keystone=5"))));

    assertThat(Gates.of(tenant.change(stored, Pods.unlabelled()))).containsExactly(A);
  }

  @Test
  void aRunningPodIsNotGatedWhenItGetsTheLabel() {
    var stored = tenant.create(Program.pod(Program.deployment("pod")));

    var labelled = tenant.change(stored, Pods.metadata(m -> m.addToLabels(Program.REQUIRES, "x")));

    assertThat(Gates.of(labelled)).isEmpty();
  }

  private static Pod pod(UnaryOperator<Deployment> written) {
    return Program.pod(written.apply(Program.deployment("pod")));
  }

  private static Pod onNode(Pod pod) {
    return Pods.spec(s -> s.withNodeName("nowhere")).apply(pod);
  }

  /** A pod without fields that the API server adds at creation and a replace would remove. */
  private static Pod onItsOwn(Pod pod) {
    return Pods.spec(
            s ->
                s.withAutomountServiceAccountToken(false)
                    .withServiceAccountName("default")
                    .withPriority(0))
        .apply(
            Pods.metadata(m -> m.withGenerateName(null).withName("on-its-own").withNamespace(null))
                .apply(pod));
  }

  private static Case gates(
      String sentence, UnaryOperator<Deployment> written, String... expected) {
    return new Case(sentence, List.of(expected), written);
  }
}
