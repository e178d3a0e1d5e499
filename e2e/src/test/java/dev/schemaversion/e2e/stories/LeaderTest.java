package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.Installation;
import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.cluster.PodProcesses;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/**
 * One of two replicas leads. Whatever happens to the leader, the work continues and is done once.
 */
@Extended
@WithOperator
class LeaderTest {
  private static final String LEASE = "lease/schemaversion-operator";
  private static final Duration LONG = Duration.ofMinutes(2);

  private Kubectl kubectl;
  private Registry registry;

  @BeforeEach
  void theRegistryIsHeldForAMigrationThatIsNotThereYet(Glance glance, Cluster cluster) {
    kubectl = new Kubectl(cluster, Installation.NAMESPACE);
    registry = new Registry(glance).isAt13();
    glance.apply("app", Registry.needing("14"));
    assertThat(registry.held()).isTrue();
    await().atMost(LONG).until(() -> pods().contains(leader()));
  }

  @OperatorStory
  void theOtherReplicaMigratesAndReleasesAfterTheLeadersPodIsDeleted(Glance glance) {
    var former = leader();

    kubectl.run("delete", "pod", former, "--grace-period=0", "--force");
    theMigrationComes(glance);

    isReleasedOnce(glance);
    assertThat(leader()).isNotEqualTo(former);
    assertThat(pods()).contains(leader());
  }

  @OperatorStory
  void theWorkContinuesAfterTheLeadersProcessIsKilled(Glance glance) {
    var killed = PodProcesses.of(leader());
    Assumptions.assumeFalse(killed.isEmpty(), "pods are no processes of this machine");

    killed.forEach(ProcessHandle::destroyForcibly);
    theMigrationComes(glance);

    isReleasedOnce(glance);
  }

  @OperatorStory
  void aLeaderWithoutTheLeaseExitsAndTheNextLeaderReleases(Glance glance) {
    var former = leader();
    var restarts = restarts(former);

    kubectl.run("patch", LEASE, "--type=merge", "-p", "{\"spec\":{\"holderIdentity\":\"thief\"}}");
    theMigrationComes(glance);

    await("the process of " + former + " ends")
        .atMost(LONG)
        .until(() -> restarts(former) > restarts);
    isReleasedOnce(glance);
    assertThat(pods()).contains(leader());
  }

  private static void theMigrationComes(Glance glance) {
    glance.apply("migrations-fixed", Registry.needing("14"));
  }

  private void isReleasedOnce(Glance glance) {
    glance.awaitVersion("14");
    await().atMost(LONG).until(() -> !registry.held());
    glance.awaitRegistry();
    glance.await("Ready");
    assertThat(Stories.outcomes(glance)).as("no Job was made twice").doesNotContain("LockBusy");
    assertThat(glance.psql("SELECT count(*) FROM flyway_schema_history WHERE success"))
        .isEqualTo("14");
    assertThat(releases(glance)).hasSize(1);
  }

  /** Since the registry was held by the test: its first roll-out was released before. */
  private static List<String> releases(Glance glance) {
    return Programs.events(glance, "glance-registry")
        .lines()
        .filter(line -> line.contains("RolloutReleased") && line.contains("14"))
        .toList();
  }

  private String leader() {
    return kubectl.run("get", LEASE, "-o", "jsonpath={.spec.holderIdentity}");
  }

  private List<String> pods() {
    var names =
        kubectl.run(
            "get",
            "pods",
            "-l",
            "app.kubernetes.io/name=schemaversion-operator",
            "-o",
            "jsonpath={.items[*].metadata.name}");
    return List.of(names.split(" "));
  }

  private int restarts(String pod) {
    return Integer.parseInt(
        kubectl.run(
            "get", "pod", pod, "-o", "jsonpath={.status.containerStatuses[0].restartCount}"));
  }
}
