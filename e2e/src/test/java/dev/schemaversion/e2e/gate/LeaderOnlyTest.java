package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.InstalledGate.OPERATOR;
import static dev.schemaversion.e2e.gate.InstalledGate.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica that hung while another took the lease makes no Job when it wakes. */
@GateAlone
class LeaderOnlyTest {
  private static final String NOBODY = "";
  private static final String MADE = "made";

  private KubernetesClient administrator;
  private Tenant first;
  private Tenant second;

  @BeforeEach
  void replicas(Tenant tenant, KubernetesClient administrator) {
    this.administrator = administrator;
    first = tenant.asOperatorsPod("first");
    second = tenant.asOperatorsPod("second");
  }

  @AfterEach
  void leaseIsGivenBack() {
    leads(NOBODY);
  }

  @Test
  void theReplicaThatHoldsTheLeaseMakesJobsAndNoOther() {
    leads("first");

    awaitAnswer(first, MADE);
    assertThat(answer(second))
        .contains("only the replica that leads may create Jobs: first, not second");
  }

  @Test
  void theOneThatLostItMakesNoneAnyMore() {
    leads("first");
    awaitAnswer(first, MADE);

    leads("second");

    awaitAnswer(second, MADE);
    assertThat(answer(first))
        .contains("only the replica that leads may create Jobs: second, not first");
  }

  @Test
  void nobodyMakesJobsWhoHasGivenItBack() {
    leads("first");
    awaitAnswer(first, MADE);

    leads(NOBODY);

    awaitAnswer(first, "only the replica that leads may create Jobs: none, not first");
  }

  @Test
  void jobsOfOthersDoNotDependOnTheLease(Tenant tenant) {
    leads("first");
    awaitAnswer(first, MADE);
    assertThat(answer(tenant)).as("by an administrator").isEqualTo(MADE);

    administrator.leases().inNamespace(SYSTEM).withName(OPERATOR).delete();

    awaitAnswer(second, MADE);
    assertThat(answer(tenant)).isEqualTo(MADE);
  }

  private void leads(String holder) {
    administrator
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(SYSTEM)
                .withName(OPERATOR)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .endSpec()
                .build())
        .forceConflicts()
        .serverSideApply();
  }

  /** The API server reads the lease as it reads policies: a moment late. */
  private static void awaitAnswer(Tenant replica, String answer) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(answer(replica)).contains(answer));
  }

  private static String answer(Tenant replica) {
    try {
      replica.rehearsed(Jobs.usual());
      return MADE;
    } catch (KubernetesClientException e) {
      return e.getMessage();
    }
  }
}
