package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.OwnApiServer.refusal;
import static dev.schemaversion.e2e.gate.Program.together;
import static dev.schemaversion.e2e.gate.Verdict.GOING;
import static dev.schemaversion.e2e.gate.Verdict.HELD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.schemaversion.e2e.GateManifests;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * An upgrade of the cluster changes how it holds workloads: from pod templates with the gate to
 * admission, and with a feature gate turned off, back again. Manifests stay as they are, and what
 * is held stays held.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GateModeChangeTest {
  private static OwnApiServer server;
  private static Tenant tenant;
  private static Pod pod;

  @BeforeAll
  static void aHeldPodAndAHeldDeploymentOfAnEarlierKubernetes() {
    server = OwnApiServer.start();
    assumeTrue(server.best().mutate(), "this API server has no MutatingAdmissionPolicy");
    tenant = server.tenant();
    installPodTemplate();
    tenant.database("glance", "13");
    pod = tenant.create(Program.pod(program("pod", "14")));
    tenant.create(program("deployment", "14"));
    tenant
        .asOperator()
        .change("deployment", together(Program.paused(true), Program.marked("glance")));
  }

  @AfterAll
  static void itEnds() {
    if (server != null) {
      server.close();
    }
  }

  private static void installPodTemplate() {
    server.install(GateManifests.POD_TEMPLATE);
    await("the policies that refuse are in force")
        .atMost(Duration.ofMinutes(1))
        .until(() -> refusal(() -> tenant.dryRun(ungated("13"))) != null);
  }

  @Test
  @Order(1)
  void afterAnUpgradeWhatIsHeldStaysHeldAndManifestsWithTheGateWork() {
    server.install(server.best());
    await("the policies that hold and that pass are in force")
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                refusal(() -> tenant.dryRun(ungated("13"))) == null
                    && tenant.rehearse(ungated("13")) == GOING
                    && tenant.rehearse(ungated("14")) == HELD
                    && tenant.rehearse(Program.requiring("rehearsed", "glance", "14")) == HELD);

    assertThat(Verdict.of(tenant.in(pod).get())).isEqualTo(HELD);
    assertThat(Verdict.of(tenant.change(pod, Pods.ungated()))).isEqualTo(HELD);
    assertThat(tenant.verdict("deployment")).isEqualTo(HELD);
    assertThat(Verdict.of(tenant.change("deployment", Program.paused(false)))).isEqualTo(HELD);
    assertThat(tenant.rehearse(Program.pod(program("pod", "13")))).isEqualTo(GOING);
    assertThat(tenant.rehearse(Program.pod(program("pod", "14")))).isEqualTo(HELD);
    assertThat(tenant.rehearse(program("satisfied", "13"))).isEqualTo(GOING);
  }

  @Test
  @Order(2)
  void afterTheWayBackWhatIsHeldStaysHeldAndNothingUngatedIsAccepted() {
    server
        .kubectl()
        .run(
            "delete",
            "mutatingadmissionpolicies,mutatingadmissionpolicybindings",
            "--selector=schemaversion.dev/gate=admission");
    installPodTemplate();

    assertThat(Verdict.of(tenant.in(pod).get())).isEqualTo(HELD);
    assertThat(refusal(() -> tenant.change(pod, Pods.ungated()))).isNotNull();
    assertThat(tenant.verdict("deployment")).isEqualTo(HELD);
  }

  @Test
  @Order(3)
  void theOperatorReleasesBoth() {
    Operator.release(tenant.asOperator(), "deployment");
    tenant.asOperator().change(pod, Pods.ungated());

    assertThat(tenant.verdict("deployment")).isEqualTo(GOING);
    assertThat(Verdict.of(tenant.in(pod).get())).isEqualTo(GOING);
  }

  /** Returns a Deployment whose manifest is of an earlier Kubernetes: with label and gate. */
  private static Deployment program(String name, String min) {
    return together(Program.podLabelled("glance"), Program.gated(Gates.OF_LABEL))
        .apply(Program.requiring(name, "glance", min));
  }

  private static Pod ungated(String min) {
    return Program.pod(Program.requiring("pod", "glance", min));
  }
}
