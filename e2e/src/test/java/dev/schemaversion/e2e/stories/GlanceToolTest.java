package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Glance's own models and phases do, with the Glance of 2026 and its own tool. */
@WithOperator
@ExtendWith(OnCluster.class)
class GlanceToolTest {
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final String HISTORY =
      "SELECT version_num FROM alembic_version ORDER BY version_num";
  private static final String BEFORE = "2023_1_contract01";
  private static final String EXPANDED = "2024_1_expand01";

  @BeforeAll
  static void loadImages(Cluster cluster) {
    cluster.load("glance");
  }

  /** Migrated tables have the character set that the migrations name, others the database's. */
  @Story
  void onMariaDbTheModelsMakeOtherCharacterSetsThanTheMigrationsAndTheStampIsRefused(
      Glance glance, Cluster cluster) {
    var database = new MariaDb(glance);
    glance.environment("environment-mariadb");
    database.query("ALTER DATABASE CHARACTER SET utf8mb4");
    GlanceTool.onMariaDb(glance, cluster).autoCreateAndStamp();
    var before = database.dump();

    glance.apply(GlanceTool.RECIPE, GlanceTool::withoutOldVersions);
    glance.await("Stalled");

    var stalled = glance.condition("Stalled");
    assertThat(stalled.get("reason").asText()).isEqualTo("HistoryContradicted");
    assertThat(stalled.get("message").asText()).contains(GlanceTool.NEWEST, "utf8mb3", "utf8mb4");
    assertThat(Stories.differences(glance))
        .isNotEmpty()
        .allSatisfy(difference -> assertThat(difference).contains("utf8mb3", "utf8mb4"));
    assertThat(database.dump()).isEqualTo(before);
    GlanceTool.api(glance).assertHeld();
  }

  @Story
  void onPostgreSqlTheModelsMakeWhatTheMigrationsMakeAndItIsProvenAndGlanceStarts(
      Glance glance, Cluster cluster) {
    glance.environment("environment");
    GlanceTool.onPostgreSql(glance, cluster).autoCreateAndStamp();
    var before = glance.dump();

    glance.apply("../tools/glance-manage-postgresql", GlanceTool::withoutOldVersions);
    glance.await("Ready");
    GlanceTool.api(glance).awaitRollOut();

    var status = glance.get("sv", "glance").get("status");
    assertThat(status.at("/version").asText()).isEqualTo(GlanceTool.NEWEST);
    assertThat(status.at("/proof/verdict").asText()).isEqualTo("Equal");
    assertThat(glance.condition("Baselined").get("reason").asText()).isEqualTo("Proven");
    assertThat(glance.dump()).isEqualTo(before);
    // The baseline has proven the wanted version; the sync after it has nothing to do.
    GlanceTool.api(glance)
        .assertStartedAfter(Instant.parse(status.at("/history/0/finishedAt").asText()));
    assertThat(GlanceTool.images(glance)).contains("\"images\": []");
  }

  @Story
  void theContractPhaseWaitsForThePodsThatNeedWhatItRemoves(
      Glance glance, Cluster cluster, KubernetesClient client) {
    var database = new MariaDb(glance);
    var api = new RollOut(glance, cluster);
    glance
        .environment("environment-mariadb")
        .apply(
            "../tools/glance-manage-rolling",
            text -> GlanceTool.wanting(BEFORE, GlanceTool.resource(text)));
    glance.await("Ready");
    api.apply(BEFORE, EXPANDED);
    await().atMost(LONG).until(() -> api.ready(BEFORE));

    Stories.want(glance, EXPANDED);
    glance.awaitVersion(EXPANDED);
    glance.await("Ready");
    assertThat(database.query(HISTORY)).containsExactly(BEFORE, EXPANDED);
    assertThat(api.ready(BEFORE)).as("the old pod lives").isTrue();

    try (var pods = new Watched<>(client.pods().inNamespace(glance.namespace()))) {
      Stories.want(glance, GlanceTool.NEWEST);
      glance.awaitReason("Ready", "WaitingForWorkloads");
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(glance.condition("Ready").get("message").asText())
                      .contains("Deployment api up to " + EXPANDED));
      assertThat(database.query(HISTORY)).containsExactly(BEFORE, EXPANDED);

      api.apply(EXPANDED, GlanceTool.NEWEST);
      glance.awaitVersion(GlanceTool.NEWEST);
      glance.await("Ready");

      assertThat(database.query(HISTORY)).containsExactly(GlanceTool.NEWEST);
      assertThat(api.syncStarted())
          .as("when the contract phase began")
          .isAfterOrEqualTo(RollOut.lastEnd(pods.states(), EXPANDED));
      assertThat(api.ready(EXPANDED)).as("the new pod lives").isTrue();
    }
  }
}
