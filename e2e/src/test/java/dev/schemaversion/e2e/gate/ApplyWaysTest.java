package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.Verdict.GOING;
import static dev.schemaversion.e2e.gate.Verdict.HELD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The ways in which people and tools write manifests, over and over, while a Deployment is held and
 * when it is released.
 */
@ExtendWith(OnCluster.class)
class ApplyWaysTest {

  private static InstalledGate gate;

  private Tenant tenant;
  private Tenant operator;
  private Kubectl kubectl;

  @BeforeAll
  static void install(KubernetesClient client) {
    gate = InstalledGate.alone(client);
  }

  @AfterAll
  static void leave() {
    gate.close();
  }

  @BeforeEach
  void namespace(Cluster cluster, KubernetesClient client) {
    tenant = new Tenant(client);
    operator = tenant.as(Operator.impersonated(client));
    kubectl = new Kubectl(cluster, tenant.namespace());
    tenant.database("glance", "13");
    tenant.awaitPoliciesSeeDatabases();
  }

  @AfterEach
  void leaveNamespace() {
    tenant.close();
  }

  /** What a manifest may say about the pause: nothing, or that there is none. */
  static List<Deployment> manifests() {
    var silent = Program.requiring("registry", "glance", "14");
    return List.of(silent, Program.paused(false).apply(silent));
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void aClientSideReapplyLeavesItHeldAndShowsNoDifference(Deployment manifest) {
    assertThat(kubectl.with(manifest, "apply", "-f", "-").exit()).isZero();
    assertThat(tenant.verdict("registry")).isEqualTo(HELD);

    var difference = kubectl.with(manifest, "diff", "-f", "-");
    assertThat(difference.out()).isEmpty();
    assertThat(difference.exit()).as(difference.err()).isZero();
    assertThat(kubectl.with(manifest, "apply", "-f", "-").exit()).isZero();
    assertThat(tenant.verdict("registry")).isEqualTo(HELD);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void aServerSideReapplyLeavesItHeldAndShowsNoDifference(Deployment manifest) {
    tenant.apply(manifest);
    assertThat(tenant.verdict("registry")).isEqualTo(HELD);
    var diff = new String[] {"diff", "--server-side", "--field-manager=alice", "-f", "-"};

    var difference = kubectl.with(manifest, diff);
    assertThat(difference.out()).isEmpty();
    assertThat(difference.exit()).as(difference.err()).isZero();
    tenant.apply(manifest);
    assertThat(tenant.verdict("registry")).isEqualTo(HELD);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void afterTheOperatorsReleaseNobodyOwnsThePauseAndApplyIsNeverInConflict(Deployment manifest) {
    tenant.apply(manifest);
    Operator.release(operator, "registry");
    assertThat(tenant.verdict("registry")).isEqualTo(GOING);

    assertThat(tenant.apply(manifest)).extracting(Verdict::of).isEqualTo(GOING);
    assertThat(tenant.apply(Program.needing("15").apply(manifest)))
        .extracting(Verdict::of)
        .isEqualTo(HELD);
    Operator.release(operator, "registry");
    assertThat(tenant.apply(Program.needing("15").apply(manifest)))
        .extracting(Verdict::of)
        .isEqualTo(GOING);
  }

  @Test
  void anOperatorsReleaseStandsThoughThePoliciesAreNotCertain() {
    tenant.create(Program.requiring("registry", "glance", "14"));

    Operator.release(operator, "registry");

    assertThat(tenant.verdict("registry")).isEqualTo(GOING);
  }

  @Test
  void anybodyElsesReleaseDoesNotStand() {
    tenant.create(Program.requiring("registry", "glance", "14"));

    Operator.release(tenant, "registry");

    assertThat(tenant.verdict("registry")).isEqualTo(HELD);
  }

  @Test
  void whatTheOperatorHoldsStaysHeldThoughThePoliciesWouldPassIt() {
    tenant.create(Program.requiring("registry", "glance", "13"));

    operator.change("registry", Program.together(Program.marked("true"), Program.paused(true)));

    assertThat(tenant.verdict("registry")).isEqualTo(HELD);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void replaceLeavesItHeld(Deployment manifest) {
    tenant.create(manifest);

    assertThat(kubectl.with(manifest, "replace", "-f", "-").exit()).isZero();
    assertThat(tenant.verdict("registry")).isEqualTo(HELD);
    assertThat(kubectl.with(manifest, "replace", "--force", "-f", "-").exit()).isZero();
    assertThat(tenant.verdict("registry")).isEqualTo(HELD);
  }

  @Test
  void resumeByHandLeavesItHeld() {
    tenant.create(Program.requiring("registry", "glance", "14"));

    assertThat(kubectl.run("rollout", "resume", "deployment/registry").exit()).isZero();

    assertThat(tenant.verdict("registry")).isEqualTo(HELD);
  }

  @Test
  void scalingAndStatusLeaveItHeldAndWork() {
    tenant.create(Program.requiring("registry", "glance", "14"));

    assertThat(kubectl.run("scale", "deployment/registry", "--replicas=3").exit()).isZero();
    var status = "{\"status\":{\"collisionCount\":7}}";
    assertThat(
            kubectl
                .run("patch", "deployment/registry", "--subresource=status", "-p", status)
                .exit())
        .isZero();

    var stored = tenant.deployment("registry").get();
    assertThat(Verdict.of(stored)).isEqualTo(HELD);
    assertThat(stored.getSpec().getReplicas()).isEqualTo(3);
    assertThat(stored.getStatus().getCollisionCount()).isEqualTo(7);
  }

  @Test
  void theOldManifestIsTheWayBack() {
    var old = Program.requiring("registry", "glance", "13");
    kubectl.with(old, "apply", "-f", "-");
    kubectl.with(Program.needing("14").apply(old), "apply", "-f", "-");
    assertThat(tenant.verdict("registry")).isEqualTo(HELD);

    kubectl.with(old, "apply", "-f", "-");

    assertThat(tenant.verdict("registry")).isEqualTo(GOING);
  }

  @Test
  void takingTheLabelOutOfTheManifestIsTheWayOut() {
    var manifest = Program.requiring("registry", "glance", "14");
    kubectl.with(manifest, "apply", "-f", "-");

    kubectl.with(Program.unlabelled().apply(manifest), "apply", "-f", "-");

    assertThat(tenant.verdict("registry")).isEqualTo(GOING);
  }

  @Test
  void holdingKeepsDuplicateEntriesThatKubernetesAllows() {
    var duplicates =
        """
        spec: {template: {spec: {containers: [{name: program, env: [\
        {name: A, value: "1"}, {name: A, value: "2"}], \
        ports: [{containerPort: 80}, {containerPort: 80}]}]}}}\
        """;
    tenant.create(Program.requiring("registry", "glance", "14"));

    assertThat(kubectl.run("patch", "deployment/registry", "-p", duplicates).exit()).isZero();

    var container =
        tenant
            .deployment("registry")
            .get()
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .get(0);
    assertThat(tenant.verdict("registry")).isEqualTo(HELD);
    assertThat(container.getEnv()).hasSize(2);
  }
}
