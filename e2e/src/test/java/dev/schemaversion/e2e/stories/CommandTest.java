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
  private static final String GLANCE = "../tools/glance-manage";

  /** The schema of version 1, made by hand. */
  private static final String CUSTOMERS =
      "CREATE TABLE customers (id bigint PRIMARY KEY, name varchar(200) NOT NULL)";

  /** A database with a stray table is stamped by the program's own tool, which believes it then. */
  private static final String STAMPED_BY_GLANCE =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: stamp}
      spec:
        restartPolicy: Never
        automountServiceAccountToken: false
        securityContext:
          runAsNonRoot: true
          runAsUser: 65532
          seccompProfile: {type: RuntimeDefault}
        containers:
          - name: glance-manage
            image: %s
            command:
              - python3
              - -c
              - |
                import os, subprocess
                from urllib.parse import quote
                part = {n: quote(os.environ[n], safe="") for n in ("username", "password", "host", "port", "dbname")}
                os.environ["OS_DATABASE__CONNECTION"] = (
                    "mysql+pymysql://{username}:{password}@{host}:{port}/{dbname}".format(**part))
                for command in (["version_control", "2024_1_contract01"], ["sync"]):
                    subprocess.run(["glance-manage", "db", *command], check=True)
            envFrom:
              - secretRef: {name: glance-db}
            securityContext:
              allowPrivilegeEscalation: false
              readOnlyRootFilesystem: true
              capabilities: {drop: [ALL]}
      """;

  private static String glanceImage;

  @BeforeAll
  static void loadImages(Cluster cluster) {
    cluster.load("pause");
    cluster.load("golang-migrate");
    cluster.load("glance");
    glanceImage = cluster.image("glance");
  }

  @Story
  void golangMigrateBuildsANewDatabaseAndUpgradesItAndTheProgramWaits(Glance glance) {
    glance.environment("environment");
    Stories.applyRecipe(glance, GOLANG_MIGRATE, UnaryOperator.identity());
    glance.await("Ready");
    glance.kubectl("rollout", "status", "deployment/glance", "--timeout=240s");

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
    glance.environment("environment-mariadb").apply(GLANCE);
    glance.await("Ready");
    glance.kubectl("rollout", "status", "deployment/glance-api", "--timeout=240s");

    var status = glance.get("sv", "glance").get("status");
    assertThat(status.at("/version").asText()).isEqualTo("2024_1_contract01");
    assertThat(status.at("/proof/verdict").asText()).isEqualTo("Equal");
    assertThat(new MariaDb(glance).query("SELECT version_num FROM alembic_version"))
        .containsExactly("2024_1_contract01");
    glanceApi(glance).assertStartedAfterSync();
    assertThat(
            glance.kubectl(
                "get",
                "--raw",
                "/api/v1/namespaces/%s/services/glance-api:9292/proxy/v2/images"
                    .formatted(glance.namespace())))
        .contains("\"images\": []");
  }

  /** The bug of 2012 in the release of 2026. */
  @Story
  void aStrayTableThatGlanceManageHasStampedIsRefused(Glance glance) {
    var database = new MariaDb(glance);
    glance.environment("environment-mariadb");
    database.query("CREATE TABLE images (id INT)");
    glance.kubectlWithInput(STAMPED_BY_GLANCE.formatted(glanceImage), "apply", "-f", "-");
    glance.kubectl(
        "wait", "pod/stamp", "--for=jsonpath={.status.phase}=Succeeded", "--timeout=240s");
    assertThat(glance.kubectl("logs", "stamp"))
        .contains(
            "Placed database under migration control at revision: 2024_1_contract01",
            "Database is up to date. No migrations needed.");
    var before = database.dump();

    glance.apply(GLANCE);
    glance.await("Stalled");

    assertThat(glance.condition("Stalled").get("reason").asText()).isEqualTo("HistoryContradicted");
    assertThat(database.dump()).isEqualTo(before);
    glanceApi(glance).assertHeld();
  }

  private static GatedProgram shop(Glance glance) {
    return new GatedProgram(glance, "glance", "schemaversion.dev/requires=glance");
  }

  private static GatedProgram glanceApi(Glance glance) {
    return new GatedProgram(glance, "glance-api", "app.kubernetes.io/name=glance-api");
  }
}
