package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.Verdict.HELD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The Deployment controller creates the expected revisions of held and passed Deployments,
 * identified by the image of their pods.
 */
@GateAlone
class RollOutTest {

  private static final String OLD = "localhost/program:1";
  private static final String NEW = "localhost/program:2";

  private KubernetesClient client;
  private Tenant tenant;
  private Tenant operator;

  @BeforeEach
  void namespace(KubernetesClient administrator, Tenant tenant) {
    client = administrator;
    this.tenant = tenant;
    operator = tenant.asOperator();
  }

  @Test
  void aHeldDeploymentHasNoRevisionUntilTheOperatorReleasesIt() {
    tenant.create(Program.requiring("registry", "glance", "14"));
    awaitController();
    assertThat(replicasByImage()).isEmpty();

    Operator.release(operator, "registry");

    await("the first revision").until(() -> replicasByImage().equals(Map.of(OLD, 0)));
  }

  @Test
  void aSatisfiedDeploymentRollsOutWithoutTheOperator() {
    tenant.create(Program.requiring("registry", "glance", "13"));
    await("the first revision").until(() -> replicasByImage().containsKey(OLD));

    tenant.change("registry", Program.image(NEW));

    await("the second revision").until(() -> replicasByImage().containsKey(NEW));
  }

  @Test
  void theOldRevisionKeepsItsReplicasAndScalesWhileTheNewOneIsHeld() {
    tenant.create(Program.replicas(2).apply(Program.requiring("registry", "glance", "13")));
    await("the old revision").until(() -> replicasByImage().equals(Map.of(OLD, 2)));

    tenant.change("registry", Program.together(Program.image(NEW), Program.needing("14")));
    assertThat(tenant.verdict("registry")).isEqualTo(HELD);
    awaitController();
    assertThat(replicasByImage()).isEqualTo(Map.of(OLD, 2));

    tenant.deployment("registry").scale(5);
    await("the old revision scaled").until(() -> replicasByImage().equals(Map.of(OLD, 5)));
    assertThat(tenant.verdict("registry")).isEqualTo(HELD);
  }

  @Test
  void removingTheLabelTogetherWithAChangeOfTheTemplateRollsOut() {
    tenant.create(Program.requiring("registry", "glance", "14"));

    tenant.change("registry", Program.together(Program.unlabelled(), Program.image(NEW)));

    await("the revision let go").until(() -> replicasByImage().equals(Map.of(NEW, 0)));
  }

  /** Waits until the Deployment controller has processed all stored changes. */
  private void awaitController() {
    await("the Deployment controller has seen the latest change")
        .until(
            () -> {
              var stored = tenant.deployment("registry").get();
              return stored
                  .getMetadata()
                  .getGeneration()
                  .equals(stored.getStatus().getObservedGeneration());
            });
  }

  private Map<String, Integer> replicasByImage() {
    return revisions().stream()
        .collect(
            Collectors.toMap(
                set -> set.getSpec().getTemplate().getSpec().getContainers().get(0).getImage(),
                set -> set.getSpec().getReplicas()));
  }

  private List<ReplicaSet> revisions() {
    return client
        .apps()
        .replicaSets()
        .inNamespace(tenant.namespace())
        .withLabel("app", "registry")
        .list()
        .getItems();
  }
}
