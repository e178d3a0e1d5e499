package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.cluster.Cluster;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two recipes of {@code deploy/samples/tools} with the real tools; ToolsTest has the others. */
@WithOperator
@ExtendWith(OnCluster.class)
class CommandTest {
  private static final String GOLANG_MIGRATE = "golang-migrate";

  /** The schema of version 1, made by hand. */
  private static final String CUSTOMERS =
      "CREATE TABLE customers (id bigint PRIMARY KEY, name varchar(200) NOT NULL)";

  @BeforeAll
  static void loadImages(Cluster cluster) {
    cluster.load("pause");
    cluster.load("golang-migrate");
    cluster.load("glance");
  }

  @Story
  void golangMigrateBuildsANewDatabaseAndUpgradesItAndTheProgramWaits(Glance glance) {
    glance.environment("environment");
    Stories.applyRecipe(glance, GOLANG_MIGRATE, UnaryOperator.identity());
    glance.await("Ready");
    shop(glance).awaitRollOut();

    var status = glance.get("sv", "glance").get("status");
    assertThat(status.at("/version").asText()).isEqualTo("2");
    assertThat(status.at("/proof/verdict").asText()).isEqualTo("Equal");
    assertThat(glance.psql("SELECT version, dirty FROM schema_migrations")).isEqualTo("2|f");
    shop(glance).assertStartedAfterSync();

    Stories.want(glance, "3");
    glance.awaitVersion("3");
    glance.await("Ready");

    assertThat(glance.get("sv", "glance").at("/status/proof/verdict").asText()).isEqualTo("Equal");
    assertThat(glance.psql("SELECT version, dirty FROM schema_migrations")).isEqualTo("3|f");
    assertThat(glance.psql("SELECT count(email) FROM customers")).isEqualTo("0");
  }

  @Story
  void aFalseClaimIsRefusedBeforeGolangMigrateTouchesTheDatabase(Glance glance) {
    glance.environment("environment");
    glance.psql(CUSTOMERS);
    var before = glance.dump();

    Stories.applyRecipe(glance, GOLANG_MIGRATE, Stories.with("baseline: {version: \"2\"}"));
    glance.await("Stalled");

    assertThat(glance.condition("Stalled").get("reason").asText()).isEqualTo("ClaimRefuted");
    assertThat(glance.get("sv", "glance").at("/status/proof/equalVersions"))
        .extracting(JsonNode::asText)
        .containsExactly("1");
    assertThat(glance.dump()).isEqualTo(before);
    shop(glance).assertHeld();
  }

  @Story
  void theRightClaimIsStampedByGolangMigrateItself(Glance glance) {
    glance.environment("environment");
    glance.psql(CUSTOMERS);

    Stories.applyRecipe(glance, GOLANG_MIGRATE, Stories.with("baseline: {version: \"1\"}"));
    glance.await("Ready");

    assertThat(glance.condition("Baselined").get("reason").asText()).isEqualTo("Proven");
    assertThat(glance.psql("SELECT version, dirty FROM schema_migrations")).isEqualTo("2|f");
  }

  @Story
  void glanceOfTodayStartsWhenItsOwnToolHasBuiltTheDatabase(Glance glance) {
    glance.environment("environment-mariadb").apply(GlanceTool.RECIPE);
    glance.await("Ready");
    GlanceTool.api(glance).awaitRollOut();

    var status = glance.get("sv", "glance").get("status");
    assertThat(status.at("/version").asText()).isEqualTo(GlanceTool.NEWEST);
    assertThat(status.at("/proof/verdict").asText()).isEqualTo("Equal");
    assertThat(new MariaDb(glance).query("SELECT version_num FROM alembic_version"))
        .containsExactly(GlanceTool.NEWEST);
    GlanceTool.api(glance).assertStartedAfterSync();
    assertThat(GlanceTool.images(glance)).contains("\"images\": []");
  }

  /** The bug of 2012 in the release of 2026. */
  @Story
  void aStrayTableThatGlanceManageHasStampedIsRefused(Glance glance, Cluster cluster) {
    var database = new MariaDb(glance);
    glance.environment("environment-mariadb");
    database.query("CREATE TABLE images (id INT)");
    assertThat(
            GlanceTool.onMariaDb(glance, cluster)
                .run(
                    "stamp",
                    "db(\"version_control\", \"%s\"); db(\"sync\")".formatted(GlanceTool.NEWEST)))
        .contains(
            "Placed database under migration control at revision: 2024_1_contract01",
            "Database is up to date. No migrations needed.");
    var before = database.dump();

    glance.apply(GlanceTool.RECIPE);
    glance.await("Stalled");

    assertThat(glance.condition("Stalled").get("reason").asText()).isEqualTo("HistoryContradicted");
    assertThat(database.dump()).isEqualTo(before);
    GlanceTool.api(glance).assertHeld();
  }

  private static GatedProgram shop(Glance glance) {
    return new GatedProgram(glance, "glance", "schemaversion.dev/requires=glance");
  }
}
