package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.Program.needing;
import static dev.schemaversion.e2e.gate.Program.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the gate says to changes by policies of others, and what it never refuses. {@link
 * RefreshTest} tries every kind of change in many orders.
 */
@GateAlone
class ForeignPolicyTest {

  private static final String BY = "zzz-foreign";
  private static final UnaryOperator<Deployment> REQUIRING =
      together(Program.labelled("glance"), needing("14"));

  private KubernetesClient client;
  private Tenant tenant;
  private ForeignMutation others;

  /** A namespace without a SchemaVersion. */
  @BeforeEach
  void namespace(KubernetesClient administrator, InstalledGate gate) {
    client = administrator;
    assertThat(gate.policies()).isNotEmpty();
    tenant = new Tenant(client);
    others = new ForeignMutation(client);
    others.apply(tenant, 0);
    var harmless = changed("harmless", Program.deployment("harmless"));
    await("the policies of others are in force")
        .atMost(Duration.ofMinutes(1))
        .until(() -> tenant.dryRun(harmless).getMetadata().getLabels().containsKey("harmless"));
  }

  @AfterEach
  void leave() {
    others.delete(tenant);
    tenant.close();
  }

  @Test
  void aLabelThatOthersAddIsRefusedWithTheWayOut() {
    var program = changed("label-glance", needing("13").apply(Program.deployment("program")));

    assertThatThrownBy(() -> tenant.create(Program.pod(program)))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("requires glance=13, and is neither held nor verified")
        .hasMessageContaining("Write label and annotations into the pod template");
    assertThatThrownBy(() -> tenant.create(program))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("requires glance=13, and its roll-out is neither held nor verified")
        .hasMessageContaining("Write label and annotations into the manifest of the Deployment");
  }

  @Test
  void aControllerCreatesNoneOfTheseTwelvePodsAndItsStatusSaysWhy() {
    var program = changed("label-glance", needing("14").apply(Program.deployment("twelve")));
    var set =
        new ReplicaSetBuilder()
            .withMetadata(program.getMetadata())
            .withNewSpec()
            .withReplicas(12)
            .withSelector(program.getSpec().getSelector())
            .withTemplate(program.getSpec().getTemplate())
            .endSpec()
            .build();

    var created = tenant.create(set);

    await("the controller's reason")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(tenant.in(created).get().getStatus().getConditions())
                    .anySatisfy(
                        condition -> {
                          assertThat(condition.getType()).isEqualTo("ReplicaFailure");
                          assertThat(condition.getMessage()).contains("neither held nor verified");
                        }));
    assertThat(client.pods().inNamespace(tenant.namespace()).list().getItems()).isEmpty();
  }

  /** The order of the policies decides whether the update is refused or holds again. */
  @Test
  void aLabelThatOthersAddAgainEndsNoHold() {
    var again = Map.of(ForeignMutation.BY, BY, ForeignMutation.CHANGE, "label-glance");
    tenant.create(REQUIRING.apply(Program.deployment("held")));
    var pod = tenant.create(Program.pod(REQUIRING.apply(Program.deployment("held"))));

    attempt(
        "neither held nor verified",
        () ->
            tenant.change(
                "held",
                together(Program.unlabelled(), ForeignMutation.changedBy(BY, "label-glance"))));
    attempt(
        "the request removes schemaversion.dev/schema from a pod",
        () ->
            tenant.change(
                pod, Pods.metadata(m -> m.removeFromLabels(Program.REQUIRES).addToLabels(again))));

    assertThat(tenant.verdict("held")).isEqualTo(Verdict.HELD);
    assertThat(Verdict.of(tenant.in(pod).get())).isEqualTo(Verdict.HELD);
  }

  private static void attempt(String refusal, Runnable change) {
    try {
      change.run();
    } catch (RuntimeException e) {
      assertThat(e).hasStackTraceContaining(refusal);
    }
  }

  /** Flux and others try every update first; one that is refused would keep back all others. */
  @Test
  void noUpdateIsRefusedThatStartsNothing() {
    tenant.database("glance", "14");
    tenant.awaitPoliciesSeeDatabases();
    var pod = tenant.create(Program.pod(REQUIRING.apply(Program.deployment("running"))));
    var running = tenant.create(REQUIRING.apply(Program.deployment("running")));
    assertThat(Verdict.of(pod)).isEqualTo(Verdict.GOING);
    assertThat(Verdict.of(running)).isEqualTo(Verdict.GOING);

    tenant.record("glance", "13", 1);
    tenant.database("later", "1");
    tenant.awaitPoliciesSeeDatabases();

    var change = ForeignMutation.changedBy(BY, "label-glance");
    assertThat(Verdict.of(tenant.change(pod, Pods.annotated("a", "b")))).isEqualTo(Verdict.GOING);
    assertThat(Verdict.of(tenant.change(pod, relabelled()))).isEqualTo(Verdict.GOING);
    tenant.change(pod, Pods.metadata(m -> m.addToFinalizers("example.com/f")));
    tenant.change(pod, Pods.metadata(m -> m.removeFromFinalizers("example.com/f")));
    tenant.change("running", together(Program.annotated("a", "b"), Program.replicas(3)));
    tenant.change("running", d -> onItself(change.apply(d), d));
    assertThat(tenant.verdict("running")).isEqualTo(Verdict.GOING);
  }

  private static UnaryOperator<Pod> relabelled() {
    return Pods.metadata(
        m -> m.addToLabels(Map.of(ForeignMutation.BY, BY, ForeignMutation.CHANGE, "label-other")));
  }

  /** Keeps the pod template. */
  private static Deployment onItself(Deployment changed, Deployment stored) {
    changed.getSpec().setTemplate(stored.getSpec().getTemplate());
    return changed;
  }

  private static Deployment changed(String change, Deployment program) {
    return ForeignMutation.changedBy(BY, change).apply(program);
  }
}
