package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.Program.labelled;
import static dev.schemaversion.e2e.gate.Program.needing;
import static dev.schemaversion.e2e.gate.Program.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ways to a running container beside the ordinary one, as docs/security.md lists them, with an
 * administrator's rights: what the API server alone decides. Database "glance" is at version 13.
 */
@GateAlone
class BypassTest {

  private static final UnaryOperator<Deployment> UNSATISFIED =
      together(labelled("glance"), needing("14"));
  private static final String NO_NODE = "has non-empty .spec.schedulingGates";

  private KubernetesClient client;
  private Tenant tenant;
  private Kubectl kubectl;

  @BeforeEach
  void namespace(Cluster cluster, KubernetesClient administrator, Tenant tenant) {
    client = administrator;
    this.tenant = tenant;
    kubectl = new Kubectl(cluster, tenant.namespace());
  }

  /** Other schedulers, virtual kubelets and people bind pods by this request. */
  @ParameterizedTest
  @ValueSource(strings = {"default-scheduler", "another-scheduler"})
  void noSchedulerBindsAHeldPod(String scheduler) {
    var pod = tenant.create(Pods.spec(s -> s.withSchedulerName(scheduler)).apply(unsatisfied()));

    assertThatThrownBy(() -> bind(pod))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(NO_NODE);
  }

  private void bind(Pod pod) {
    var binding =
        new BindingBuilder()
            .withNewMetadata()
            .withName(pod.getMetadata().getName())
            .endMetadata()
            .withNewTarget()
            .withKind("Node")
            .withName("nowhere")
            .endTarget()
            .build();
    client.raw(
        "/api/v1/namespaces/%s/pods/%s/binding"
            .formatted(tenant.namespace(), pod.getMetadata().getName()),
        "POST",
        Serialization.asJson(binding));
  }

  @Test
  void aHeldPodGetsNoNodeByAnUpdate() {
    var pod = tenant.create(unsatisfied());

    assertThatThrownBy(() -> tenant.change(pod, Pods.spec(s -> s.withNodeName("nowhere"))))
        .hasStackTraceContaining("pod updates may not change fields other than");
  }

  @Test
  void anEphemeralContainerDoesNotStartAHeldPod() {
    var pod = tenant.create(unsatisfied());
    var container =
        """
        {"spec":{"ephemeralContainers":[{"name":"debugger","image":"localhost/program:1",\
        "securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}}}]}}\
        """;

    var patched =
        kubectl.attempt(
            "patch", "pod", name(pod), "--subresource=ephemeralcontainers", "-p", container);

    assertThat(patched.exit()).as(patched.err()).isZero();
    assertThat(Verdict.of(tenant.in(pod).get())).isEqualTo(Verdict.HELD);
    assertThatThrownBy(() -> bind(pod)).hasMessageContaining(NO_NODE);
  }

  @Test
  void aStatusWrittenByHandDoesNotStartAHeldPod() {
    var pod = tenant.create(unsatisfied());
    var running = "{\"status\":{\"phase\":\"Running\",\"conditions\":[]}}";

    assertThat(
            kubectl
                .attempt("patch", "pod", name(pod), "--subresource=status", "-p", running)
                .exit())
        .isZero();

    assertThat(Verdict.of(tenant.in(pod).get())).isEqualTo(Verdict.HELD);
    assertThatThrownBy(() -> bind(pod)).hasMessageContaining(NO_NODE);
  }

  @Test
  void aCopyForDebuggingIsHeldIfItKeepsTheLabel() {
    var pod = tenant.create(unsatisfied());

    debug(pod, "kept", "--keep-labels", "--keep-annotations");

    assertThat(Verdict.of(copy("kept"))).isEqualTo(Verdict.HELD);
  }

  /** The copy of a held pod has the gate too, and nobody removes it. */
  @Test
  void aCopyForDebuggingWithoutTheLabelIsNotGatedUnlessItsOriginalIs() {
    var held = tenant.create(unsatisfied());
    var going = tenant.create(pod(together(labelled("glance"), needing("13"))));

    debug(held, "of-held");
    debug(going, "of-going");

    assertThat(copy("of-held").getMetadata().getLabels()).isNullOrEmpty();
    assertThat(Verdict.of(copy("of-held"))).isEqualTo(Verdict.HELD);
    assertThat(Verdict.of(copy("of-going"))).isEqualTo(Verdict.GOING);
  }

  private void debug(Pod pod, String copy, String... options) {
    var arguments =
        new String[] {
          "debug",
          name(pod),
          "--copy-to=" + copy,
          "--image=localhost/program:1",
          "--container=program",
          "--profile=restricted",
          "--attach=false"
        };
    var all = Stream.of(arguments, options).flatMap(Arrays::stream);
    var answer = kubectl.attempt(all.toArray(String[]::new));
    assertThat(answer.exit()).as(answer.err()).isZero();
  }

  private Pod copy(String name) {
    return client.pods().inNamespace(tenant.namespace()).withName(name).get();
  }

  /** A backup tool creates pods and Deployments as they were, with status and annotations. */
  @Test
  void whatABackupToolRestoresIsHeldAgain() {
    var verified = Program.podAnnotation(Program.VERIFIED, "glance=14");
    var running = Program.annotated(Program.VERIFIED, "glance=14");
    var pod = pod(together(UNSATISFIED, verified));

    assertThat(tenant.rehearse(pod)).isEqualTo(Verdict.HELD);
    assertThat(tenant.rehearse(together(UNSATISFIED, running).apply(Program.deployment("p"))))
        .isEqualTo(Verdict.HELD);
    assertThatThrownBy(() -> tenant.create(Pods.spec(s -> s.withNodeName("nowhere")).apply(pod)))
        .hasMessageContaining("spec.nodeName: Forbidden");
  }

  @Test
  void theAnnotationWrittenIntoAStoredObjectReleasesNothing() {
    var pod = tenant.create(unsatisfied());
    tenant.create(UNSATISFIED.apply(Program.deployment("written")));
    var forged = Program.annotated(Program.VERIFIED, "glance=14");

    var changed =
        tenant.change(
            pod,
            stored ->
                Pods.ungated().apply(Pods.annotated(Program.VERIFIED, "glance=14").apply(stored)));
    var deployment = tenant.change("written", together(forged, Program.paused(false)));

    assertThat(Verdict.of(changed)).isEqualTo(Verdict.HELD);
    assertThat(Verdict.of(deployment)).isEqualTo(Verdict.HELD);
    assertThat(deployment.getMetadata().getAnnotations()).doesNotContainKey(Program.VERIFIED);
  }

  /** Controllers of Kubernetes and of others create pods under accounts of their own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "system:serviceaccount:kube-system:replicaset-controller",
        "system:serviceaccount:argo-rollouts:argo-rollouts",
        "system:node:local",
        "system:kube-scheduler",
        "system:apiserver"
      })
  void noAccountIsExempt(String account) {
    var as = tenant.as(account);

    assertThat(as.rehearse(unsatisfied())).isEqualTo(Verdict.HELD);
    assertThat(as.rehearse(UNSATISFIED.apply(Program.deployment("p")))).isEqualTo(Verdict.HELD);
  }

  private static Pod unsatisfied() {
    return pod(UNSATISFIED);
  }

  private static Pod pod(UnaryOperator<Deployment> written) {
    return Program.pod(written.apply(Program.deployment("pod")));
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }
}
