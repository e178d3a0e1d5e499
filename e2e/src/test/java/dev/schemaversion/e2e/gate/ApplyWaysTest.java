package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.Verdict.GOING;
import static dev.schemaversion.e2e.gate.Verdict.HELD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Users and tools apply manifests in different ways, repeatedly, while a Deployment is held and
 * when it is released.
 */
@GateAlone
class ApplyWaysTest {

  private Tenant tenant;
  private Tenant operator;
  private Kubectl kubectl;

  @BeforeEach
  void namespace(Cluster cluster, Tenant tenant) {
    this.tenant = tenant;
    operator = tenant.asOperator();
    kubectl = new Kubectl(cluster, tenant.namespace());
  }

  /** Whether a manifest omits paused or sets it to false. */
  static List<Deployment> manifests() {
    var silent = Program.requiring("registry", "glance", "14");
    return List.of(silent, Program.paused(false).apply(silent));
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void aClientSideReapplyKeepsTheHoldAndShowsNoDifference(Deployment manifest) {
    assertThat(kubectl.attempt(manifest, "apply", "-f", "-").exit()).isZero();
    assertThat(tenant.verdict("registry")).isEqualTo(HELD);

    var difference = kubectl.attempt(manifest, "diff", "-f", "-");
    assertThat(difference.out()).isEmpty();
    assertThat(difference.exit()).as(difference.err()).isZero();
    assertThat(kubectl.attempt(manifest, "apply", "-f", "-").exit()).isZero();
    assertThat(tenant.verdict("registry")).isEqualTo(HELD);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void aServerSideReapplyKeepsTheHoldAndShowsNoDifference(Deployment manifest) {
    tenant.apply(manifest);
    assertThat(tenant.verdict("registry")).isEqualTo(HELD);
    var diff = new String[] {"diff", "--server-side", "--field-manager=alice", "-f", "-"};

    var difference = kubectl.attempt(manifest, diff);
    assertThat(difference.out()).isEmpty();
    assertThat(difference.exit()).as(difference.err()).isZero();
    tenant.apply(manifest);
    assertThat(tenant.verdict("registry")).isEqualTo(HELD);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void afterAReleaseNoManagerOwnsThePauseAndApplyHasNoConflict(Deployment manifest) {
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
  void aReapplyOfASatisfiedDeploymentWritesNothing() {
    tenant.database("keystone", "4");
    tenant.awaitPoliciesSeeDatabases();
    var manifest =
        Program.further("keystone=4").apply(Program.requiring("registry", "glance", "13"));
    var applied = tenant.apply(manifest);
    assertThat(applied.getMetadata().getAnnotations())
        .containsEntry(Program.VERIFIED, "glance=13,keystone=4");

    for (int i = 0; i < 5; i++) {
      tenant.apply(manifest);
    }

    var managers = tenant.deployment("registry").get().getMetadata().getManagedFields();
    assertThat(managers)
        .filteredOn(entry -> entry.getManager().equals("alice"))
        .containsExactlyElementsOf(applied.getMetadata().getManagedFields());
    assertThat(tenant.verdict("registry")).isEqualTo(GOING);
  }

  @Test
  void aReleaseByTheOperatorIsNotRevertedByThePolicies() {
    tenant.create(Program.requiring("registry", "glance", "14"));

    Operator.release(operator, "registry");

    assertThat(tenant.verdict("registry")).isEqualTo(GOING);
  }

  @Test
  void aReleaseByAnotherUserIsReverted() {
    tenant.create(Program.requiring("registry", "glance", "14"));

    Operator.release(tenant, "registry");

    assertThat(tenant.verdict("registry")).isEqualTo(HELD);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void aReplaceKeepsTheHold(Deployment manifest) {
    tenant.create(manifest);

    assertThat(kubectl.attempt(manifest, "replace", "-f", "-").exit()).isZero();
    assertThat(tenant.verdict("registry")).isEqualTo(HELD);
    assertThat(kubectl.attempt(manifest, "replace", "--force", "-f", "-").exit()).isZero();
    assertThat(tenant.verdict("registry")).isEqualTo(HELD);
  }

  @Test
  void aResumeByAUserKeepsTheHold() {
    tenant.create(Program.requiring("registry", "glance", "14"));

    assertThat(kubectl.attempt("rollout", "resume", "deployment/registry").exit()).isZero();

    assertThat(tenant.verdict("registry")).isEqualTo(HELD);
  }

  @Test
  void scalingAndStatusUpdatesWorkWhileHeld() {
    tenant.create(Program.requiring("registry", "glance", "14"));

    assertThat(kubectl.attempt("scale", "deployment/registry", "--replicas=3").exit()).isZero();
    var status = "{\"status\":{\"collisionCount\":7}}";
    assertThat(
            kubectl
                .attempt("patch", "deployment/registry", "--subresource=status", "-p", status)
                .exit())
        .isZero();

    var stored = tenant.deployment("registry").get();
    assertThat(Verdict.of(stored)).isEqualTo(HELD);
    assertThat(stored.getSpec().getReplicas()).isEqualTo(3);
    assertThat(stored.getStatus().getCollisionCount()).isEqualTo(7);
  }

  @Test
  void applyingTheOldManifestEndsTheHold() {
    var old = Program.requiring("registry", "glance", "13");
    kubectl.attempt(old, "apply", "-f", "-");
    kubectl.attempt(Program.needing("14").apply(old), "apply", "-f", "-");
    assertThat(tenant.verdict("registry")).isEqualTo(HELD);

    kubectl.attempt(old, "apply", "-f", "-");

    assertThat(tenant.verdict("registry")).isEqualTo(GOING);
  }

  @Test
  void removingTheLabelEndsTheHold() {
    var manifest = Program.requiring("registry", "glance", "14");
    kubectl.attempt(manifest, "apply", "-f", "-");

    kubectl.attempt(Program.unlabelled().apply(manifest), "apply", "-f", "-");

    assertThat(tenant.verdict("registry")).isEqualTo(GOING);
  }

  @Test
  void theHoldKeepsDuplicateListEntries() {
    var duplicates =
        """
        spec: {template: {spec: {containers: [{name: program, env: [\
        {name: A, value: "1"}, {name: A, value: "2"}], \
        ports: [{containerPort: 80}, {containerPort: 80}]}]}}}\
        """;
    tenant.create(Program.requiring("registry", "glance", "14"));

    assertThat(kubectl.attempt("patch", "deployment/registry", "-p", duplicates).exit()).isZero();

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
