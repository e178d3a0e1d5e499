package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.cluster.Cluster;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real tool that marks its own tables when a migration fails in the middle. */
@WithOperator
@ExtendWith(OnCluster.class)
class DirtyToolTest {
  private static final String FORCE =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: force}
      spec:
        restartPolicy: Never
        automountServiceAccountToken: false
        securityContext:
          runAsNonRoot: true
          seccompProfile: {type: RuntimeDefault}
        containers:
          - name: migrate
            image: %s
            args: [-path, /migrations, -database, "postgres://postgres/glance?sslmode=disable", force, "1"]
            env:
              - name: PGUSER
                valueFrom: {secretKeyRef: {name: glance-db, key: username}}
              - name: PGPASSWORD
                valueFrom: {secretKeyRef: {name: glance-db, key: password}}
            securityContext:
              allowPrivilegeEscalation: false
              readOnlyRootFilesystem: true
              capabilities: {drop: [ALL]}
      """;

  /** The second one fails where a customer's name is not a number. */
  private static final String MIGRATIONS =
      """
          command:
            files:
              1_customers.up.sql: CREATE TABLE customers (id bigint PRIMARY KEY, name varchar(200) NOT NULL);
              2_orders.up.sql: |
                CREATE TABLE orders (id bigint PRIMARY KEY);
                INSERT INTO orders SELECT name::bigint FROM customers;
      """;

  @BeforeAll
  static void loadImages(Cluster cluster) {
    cluster.load("golang-migrate");
  }

  @Story
  void whatGolangMigrateCallsDirtyIsNamedAndGoesOnAfterForce(Glance glance, Cluster cluster) {
    glance.environment("environment");
    Stories.applyRecipe(glance, "golang-migrate", DirtyToolTest::failing);
    glance.await("Ready");
    glance.psql("INSERT INTO customers VALUES (1, 'Ann')");
    var before = glance.dump();

    Stories.want(glance, "2");
    glance.awaitReason("Stalled", "HalfApplied");

    assertThat(Stories.refusal(glance))
        .contains(
            "invalid input syntax for type bigint",
            "schema_migrations: version='2', dirty='t'",
            "Its schema equals version 1.",
            "force $(VERSION)");
    assertThat(glance.psql("SELECT version, dirty FROM schema_migrations")).isEqualTo("2|t");
    assertThat(glance.dump().replace("2\tt", "1\tf")).isEqualTo(before);

    Stories.retry(glance, "without a remedy");
    assertThat(Stories.refusal(glance))
        .contains("schema_migrations: version='2', dirty='t'", "force");
    assertThat(glance.psql("SELECT version, dirty FROM schema_migrations")).isEqualTo("2|t");

    glance.psql("UPDATE customers SET name = '17'");
    glance.kubectlWithInput(FORCE.formatted(cluster.image("golang-migrate")), "apply", "-f", "-");
    glance.kubectl(
        "wait", "pod/force", "--for=jsonpath={.status.phase}=Succeeded", "--timeout=240s");
    Stories.annotate(glance, "retry", "after the remedy");
    glance.awaitVersion("2");
    glance.await("Ready");
    assertThat(glance.psql("SELECT version, dirty FROM schema_migrations")).isEqualTo("2|f");
    assertThat(glance.psql("SELECT id FROM orders")).isEqualTo("17");
  }

  /** The recipe with other migrations. */
  private static String failing(String manifests) {
    return GlanceTool.wanting(
        "\"1\"",
        GlanceTool.resource(manifests)
            .replaceFirst("(?m)^ +command:\n", MIGRATIONS)
            .replace("- /migrations\n", "- /schemaversion\n")
            .replaceFirst("(?m)^ +- \"3\"\n", ""));
  }
}
