package dev.schemaversion.e2e.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.stories.GatedProgram;
import dev.schemaversion.e2e.stories.Stories;
import dev.schemaversion.e2e.stories.WithOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every recipe of {@code deploy/samples/tools} on PostgreSQL with the real tool, if {@code
 * -Dtools=all} asks for it, or {@code -Dtools=alembic,django} for some.
 */
@WithOperator
@ResourceLock(value = WithOperator.OPERATOR, mode = ResourceAccessMode.READ)
@EnabledIfSystemProperty(named = "tools", matches = ".+")
class ToolsTest {
  private static final String ALL = "dev.schemaversion.e2e.tools.Recipe#wanted";

  @BeforeAll
  static void loadImages(Cluster cluster) {
    assertThat(Recipe.wanted()).isNotEmpty();
    cluster.load("pause");
    Recipe.wanted().forEach(recipe -> cluster.load(recipe.folder()));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aNewDatabaseIsBuiltAndTheProgramStartsAfterIt(Recipe recipe, Glance glance) {
    var tool = new ToolByHand(recipe, glance);
    glance.environment("environment");

    Stories.applyRecipe(glance, recipe.folder(), UnaryOperator.identity());

    assertReady(recipe, glance, tool.versions().get(1));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aDatabaseOfTheToolIsUpgradedWithItsRows(Recipe recipe, Glance glance) {
    var tool = new ToolByHand(recipe, glance);
    glance.environment("environment");
    tool.migrate(tool.versions().get(0));
    glance.psql(recipe.row.insert());

    Stories.applyRecipe(glance, recipe.folder(), UnaryOperator.identity());

    assertReady(recipe, glance, tool.versions().get(1));
    assertThat(glance.psql(recipe.row.select())).isEqualTo(recipe.row.text());

    Stories.want(glance, tool.versions().get(2));
    glance.awaitVersion(tool.versions().get(2));
    glance.await("Ready");
    assertThat(glance.psql(recipe.row.select())).isEqualTo(recipe.row.text());
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void theRightClaimIsStampedByTheTool(Recipe recipe, Glance glance) {
    var tool = new ToolByHand(recipe, glance);
    glance.environment("environment");
    withoutHistory(glance, tool);

    Stories.applyRecipe(glance, recipe.folder(), claim(tool.versions().get(0)));

    assertReady(recipe, glance, tool.versions().get(1));
    assertThat(glance.condition("Baselined").get("reason").asText()).isEqualTo("Proven");
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aFalseClaimIsRefusedAndNothingIsWritten(Recipe recipe, Glance glance) {
    var tool = new ToolByHand(recipe, glance);
    glance.environment("environment");
    withoutHistory(glance, tool);
    var before = glance.dump();

    Stories.applyRecipe(glance, recipe.folder(), claim(tool.versions().get(1)));

    assertRefused(glance, "ClaimRefuted", before);
    assertThat(glance.get("sv", "glance").at("/status/proof/equalVersions"))
        .extracting(JsonNode::asText)
        .containsExactly(tool.versions().get(0));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aStrayTableThatTheToolHasStampedIsRefused(Recipe recipe, Glance glance) {
    var tool = new ToolByHand(recipe, glance);
    glance.environment("environment");
    glance.psql("CREATE TABLE customers (id int)");
    tool.stamp(tool.versions().get(1));
    assertThat(glance.psql("SELECT count(*) FROM " + tool.tables().get(0))).isNotEqualTo("0");
    var before = glance.dump();

    Stories.applyRecipe(glance, recipe.folder(), UnaryOperator.identity());

    assertRefused(glance, "HistoryContradicted", before);
  }

  /** The schema of the first version, without a word about where it comes from. */
  private static void withoutHistory(Glance glance, ToolByHand tool) {
    tool.migrate(tool.versions().get(0));
    glance.psql("DROP TABLE " + String.join(", ", tool.tables()));
  }

  private static UnaryOperator<String> claim(String version) {
    return Stories.with("baseline: {version: \"%s\"}".formatted(version));
  }

  private static void assertReady(Recipe recipe, Glance glance, String version) {
    glance.await("Ready");
    glance.kubectl("rollout", "status", "deployment/glance", "--timeout=240s");
    var status = glance.get("sv", "glance").get("status");
    assertThat(status.get("version").asText()).isEqualTo(version);
    assertThat(status.at("/proof/verdict").asText()).isEqualTo("Equal");
    program(glance).assertStartedAfterSync();
    for (var job : status.get("history")) {
      System.out.printf(
          "%s: %s %s at version %s in %s s%n",
          recipe,
          job.get("step").asText(),
          job.get("reason").asText(),
          job.path("version").asText("0"),
          job.get("seconds").asText());
    }
  }

  private static void assertRefused(Glance glance, String reason, String before) {
    glance.await("Stalled");
    assertThat(glance.condition("Stalled").get("reason").asText()).isEqualTo(reason);
    assertThat(glance.dump()).isEqualTo(before);
    program(glance).assertHeld();
  }

  private static GatedProgram program(Glance glance) {
    return new GatedProgram(glance, "glance", "schemaversion.dev/requires=glance");
  }
}
