package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Extended;
import dev.schemaversion.e2e.Glance;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The database of the previous release, at version 9 with rows and without a history table, is
 * upgraded.
 */
@WithOperator
class DiabloTest {
  private static final String UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

  /** Which property and member belongs to which image, by what does not change: its name. */
  private static final String BELONGINGS =
      """
      SELECT i.name, 'property', p.name FROM image_properties p JOIN images i ON i.id = p.image_id
      UNION ALL
      SELECT i.name, 'member', m.member FROM image_members m JOIN images i ON i.id = m.image_id
      ORDER BY 1, 2, 3
      """;

  /** Which image boots with which other one; the value of the property is that one's id. */
  private static final String KERNELS =
      """
      SELECT i.name, p.name, k.name FROM image_properties p JOIN images i ON i.id = p.image_id
      LEFT JOIN images k ON k.id::text = p.value
      WHERE p.name IN ('kernel_id', 'ramdisk_id') ORDER BY 1, 2, 3
      """;

  @Story
  void withBaseline9TheLastFourMigrationsRunAndEveryPropertyAndMemberStaysWithItsImage(
      Glance glance, KubernetesClient client) {
    glance.environment("environment-diablo").apply("registry-diablo");
    glance.awaitRegistry();
    var belongings = glance.psql(BELONGINGS);
    var kernels = glance.psql(KERNELS);
    var images = glance.psql("SELECT name FROM images ORDER BY name");
    assertThat(belongings).isNotEmpty();
    var seen = new CopyOnWriteArrayList<Deployment>();

    try (var watch =
        client
            .apps()
            .deployments()
            .inNamespace(glance.namespace())
            .withName("glance-registry")
            .inform(collecting(seen))) {
      glance.apply("app");
      glance.await("Ready");
      glance.awaitRegistry();
      await().until(() -> seen.stream().anyMatch(DiabloTest::released));
    }

    assertThat(glance.get("sv", "glance").at("/status/baseline/version").asText()).isEqualTo("9");
    assertThat(glance.condition("Baselined").get("reason").asText()).isEqualTo("Proven");
    assertThat(glance.condition("Proven").get("status").asText()).isEqualTo("True");
    assertThat(glance.get("sv", "glance").at("/status/proof/verdict").asText()).isEqualTo("Equal");
    assertThat(
            glance
                .psql(
                    "SELECT type || ' ' || ltrim(version, '0') FROM flyway_schema_history"
                        + " ORDER BY installed_rank")
                .lines())
        .containsExactly("BASELINE 9", "SQL 10", "SQL 11", "SQL 12", "SQL 13");
    assertThat(glance.psql("SELECT id FROM images").lines()).allMatch(id -> id.matches(UUID));
    assertThat(glance.psql("SELECT name FROM images ORDER BY name")).isEqualTo(images);
    assertThat(glance.psql(BELONGINGS)).isEqualTo(belongings);
    assertThat(glance.psql(KERNELS)).isEqualTo(kernels);
    assertThat(glance.registry("/images").get("images"))
        .isNotEmpty()
        .allSatisfy(image -> assertThat(image.get("id").asText()).matches(UUID));
    assertTheOldRevisionKeptItsReplicasWhileHeld(seen);
  }

  private static void assertTheOldRevisionKeptItsReplicasWhileHeld(List<Deployment> seen) {
    var held = seen.stream().filter(DiabloTest::held).toList();
    assertThat(held).isNotEmpty();
    assertThat(held)
        .allSatisfy(
            deployment -> assertThat(deployment.getStatus().getAvailableReplicas()).isEqualTo(2));
  }

  @Extended
  @Story
  void withoutABaselineNothingIsWrittenAndTheRegistryIsHeld(Glance glance) {
    glance.environment("environment-diablo").apply("registry-diablo");
    glance.awaitRegistry();
    var before = glance.dump();

    glance.apply("app-without-baseline");
    glance.await("Stalled");

    var stalled = glance.condition("Stalled");
    assertThat(stalled.get("reason").asText()).isEqualTo("BaselineRequired");
    assertThat(stalled.get("message").asText()).contains("spec.baseline.version", "9, 10");
    assertThat(glance.condition("Ready").get("status").asText()).isEqualTo("False");
    assertThat(glance.dump()).isEqualTo(before);
    assertThat(Stories.registryStarts(glance)).isEmpty();
    assertThat(glance.get("sv", "glance").at("/status/held").asInt()).isEqualTo(1);
    assertThat(glance.kubectl("get", "sv", "glance"))
        .contains("VERSION", "WANTED", "READY", "REASON", "HELD", "BaselineRequired");
  }

  /** Dump and restore write some definitions otherwise; that is no difference. */
  @Extended
  @Story
  void aDumpRestoredInAnotherDatabaseIsEqual(Glance glance) {
    glance.environment("environment-diablo");
    glance.kubectl(
        "exec",
        "deployment/postgres",
        "--",
        "sh",
        "-c",
        "createdb -U glance restored && pg_dump -U glance glance"
            + " | psql -U glance -d restored -q -v ON_ERROR_STOP=1");

    glance.apply(
        "app",
        app ->
            app.replace(
                "    engine: PostgreSQL\n", "    engine: PostgreSQL\n    name: restored\n"));
    glance.await("Ready");

    var status = glance.get("sv", "glance").get("status");
    assertThat(status.at("/database/name").asText()).isEqualTo("restored");
    assertThat(status.at("/baseline/source").asText()).isEqualTo("Proven");
    assertThat(status.at("/version").asText()).isEqualTo("13");
    assertThat(status.at("/proof/verdict").asText()).isEqualTo("Equal");
    assertThat(glance.psql("SELECT to_regclass('flyway_schema_history') IS NULL")).isEqualTo("t");
  }

  @Extended
  @Story
  void addingTheBaselineMigratesAndAReapplyWritesNothing(Glance glance) {
    glance.environment("environment-diablo").apply("app-without-baseline");
    glance.await("Stalled");

    glance.apply("app");
    glance.await("Ready");
    glance.awaitRegistry();

    var jobs = Stories.jobs(glance);
    var resource = glance.get("sv", "glance").at("/metadata/resourceVersion");
    var deployment = glance.get("deployment", "glance-registry").at("/metadata/generation");

    glance.apply("app");
    awaitTheOperatorToHaveSeenAll(glance);

    assertThat(jobs).containsAll(Stories.jobs(glance));
    assertThat(glance.get("sv", "glance").at("/metadata/resourceVersion")).isEqualTo(resource);
    assertThat(glance.get("deployment", "glance-registry").at("/metadata/generation"))
        .isEqualTo(deployment);
  }

  /** Creates a later workload and waits for its Event: all earlier ones are reconciled by then. */
  private static void awaitTheOperatorToHaveSeenAll(Glance glance) {
    glance.kubectlWithInput(Programs.deployment("later", "absent", "1"), "apply", "-f", "-");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> Programs.events(glance, "later").contains("SchemaVersionNotFound"));
  }

  private static boolean held(Deployment deployment) {
    return deployment.getMetadata().getAnnotations().containsKey("schemaversion.dev/held");
  }

  private static boolean released(Deployment deployment) {
    return !held(deployment)
        && deployment.getMetadata().getLabels().containsKey("schemaversion.dev/requires");
  }

  private static ResourceEventHandler<Deployment> collecting(List<Deployment> seen) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(Deployment deployment) {
        seen.add(deployment);
      }

      @Override
      public void onUpdate(Deployment before, Deployment deployment) {
        seen.add(deployment);
      }

      @Override
      public void onDelete(Deployment deployment, boolean unknown) {
        // The object is not deleted during the test.
      }
    };
  }
}
