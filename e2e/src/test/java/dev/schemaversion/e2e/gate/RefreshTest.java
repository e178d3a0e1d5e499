package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.Verdict.GOING;
import static dev.schemaversion.e2e.gate.Verdict.HELD;
import static dev.schemaversion.e2e.gate.Verdict.PAUSED_BY_USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The result of the policies does not depend on the order in which the API server calls them, nor
 * on policies of others. The order is undefined and changes whenever a policy changes.
 */
@GateAlone
class RefreshTest {

  private static final int REFRESHES = 30;
  private static final String ROUND = "gate-test/round";

  /** A policy that is read together with the gate's. Its result shows which version is in force. */
  private static final String TELLTALE =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingAdmissionPolicy
      metadata: {name: gate-test-telltale}
      spec:
        matchConstraints:
          namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
          resourceRules:
          - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}
        failurePolicy: Ignore
        reinvocationPolicy: Never
        mutations:
        - patchType: ApplyConfiguration
          applyConfiguration:
            expression: "Object{metadata: Object.metadata{annotations: {'gate-test/round': '%2$d'}}}"
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingAdmissionPolicyBinding
      metadata: {name: gate-test-telltale}
      spec: {policyName: gate-test-telltale}
      """;

  private InstalledGate gate;
  private KubernetesClient client;
  private Tenant tenant;
  private ForeignMutation others;

  @BeforeEach
  void install(KubernetesClient administrator, InstalledGate gate, Tenant tenant) {
    client = administrator;
    this.gate = gate;
    this.tenant = tenant;
    others = new ForeignMutation(administrator);
  }

  @AfterEach
  void leave() {
    others.delete(tenant);
    client.load(telltale(0)).delete();
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void thirtyRefreshesOfThePoliciesChangeNoVerdict() {
    tenant.database("second", "4");
    tenant.awaitPoliciesSeeDatabases();
    for (int round = 1; round <= REFRESHES; round++) {
      refresh(round);
      verdictsAreTheSame("p" + round);
    }
  }

  private void verdictsAreTheSame(String name) {
    var satisfied = Program.requiring(name, "glance", "13");
    var pause = Program.paused(true);

    assertThat(Verdict.of(tenant.create(satisfied))).as("%s, created", name).isEqualTo(GOING);
    changeTo(GOING, name, Program.image("localhost/program:2"));
    changeTo(HELD, name, Program.needing("14"));
    changeTo(HELD, name, Program.paused(false));
    changeTo(GOING, name, Program.needing("12"));
    changeTo(PAUSED_BY_USER, name, Program.together(pause, Program.needing("14")));
    changeTo(HELD, name, Program.paused(false));
    changeTo(GOING, name, Program.unlabelled());
    ofSeveral("several-" + name);
    ofPods(name);
    ForeignMutation.assertNothingSlipsBy(tenant, "foreign-" + name);
  }

  /** The second database is at version 4. */
  private void ofSeveral(String name) {
    var satisfied = Program.further("second=4").apply(Program.requiring(name, "glance", "13"));

    assertThat(Verdict.of(tenant.create(satisfied))).as("%s, created", name).isEqualTo(GOING);
    changeTo(HELD, name, Program.further("second=5"));
    assertThat(Verdict.mark(tenant.deployment(name).get())).as(name).isEqualTo("second");
    changeTo(HELD, name, Program.together(Program.marked("glance"), Program.paused(false)));
    changeTo(GOING, name, Program.further("second=4"));
    tenant.change(name, Program.unlabelled());
    tenant.change(name, Program.further("second=5"));
    changeTo(GOING, name, Program.labelled("glance"));
    changeTo(HELD, name, Program.marked("glance"));
  }

  private void ofPods(String name) {
    var other = "example.com/other";
    var satisfied = Program.requiring(name, "glance", "13");
    var carriesOurs = Program.gated(other, Gates.OF_LABEL);

    assertThat(gates(satisfied)).isEmpty();
    assertThat(gates(Program.requiring(name, "glance", "14"))).containsExactly(Gates.OF_LABEL);
    assertThat(gates(carriesOurs.apply(satisfied))).containsExactly(other);
    assertThat(gates(Program.further("second=4-4").apply(satisfied))).isEmpty();
    assertThat(gates(Program.further("second=5").apply(satisfied)))
        .containsExactly(Gates.of("second"));
    assertThat(gates(Program.further("second=4").apply(Program.requiring(name, "glance", "14"))))
        .containsExactly(Gates.OF_LABEL);
    assertThat(gates(Program.together(carriesOurs, Program.further("second=5")).apply(satisfied)))
        .containsExactly(other, Gates.of("second"));
  }

  private List<String> gates(Deployment program) {
    return Gates.of(tenant.dryRun(Program.pod(program)));
  }

  private void changeTo(Verdict expected, String name, UnaryOperator<Deployment> change) {
    tenant.change(name, change);
    assertThat(tenant.verdict(name)).as(name).isEqualTo(expected);
  }

  /**
   * Touches every policy and binding, then the telltale, and waits until the API server has read
   * it.
   */
  private void refresh(int round) {
    for (HasMetadata policy : gate.policies()) {
      policy.getMetadata().setAnnotations(Map.of(ROUND, Integer.toString(round)));
      client.resource(policy).fieldManager("installer").forceConflicts().serverSideApply();
    }
    others.apply(tenant, round);
    client.load(telltale(round)).serverSideApply();
    var probe =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withGenerateName("probe-")
            .withNamespace(tenant.namespace())
            .endMetadata()
            .build();
    await("the API server has read the policies of round " + round)
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              var seen = client.resource(probe).dryRun().create().getMetadata().getAnnotations();
              return seen != null && Integer.toString(round).equals(seen.get(ROUND));
            });
  }

  private InputStream telltale(int round) {
    var yaml = TELLTALE.formatted(tenant.namespace(), round);
    return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
  }
}
