package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.cluster.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Real tools that end in the middle: what the operator says then is what is there, and nothing runs
 * twice.
 */
@WithOperator
@ExtendWith(OnCluster.class)
class InterruptedToolTest {
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final Pattern TABLE =
      Pattern.compile("(?ms)^CREATE TABLE `(\\w+)` \\(.*?^\\) ENGINE=.*?;$");

  private static final String EXPANDED = "pike_expand01";
  private static final String CONTRACTED = "pike_contract01";

  /** What the contract phase of Glance's release Pike drops, in its order. */
  private static final List<String> DROPPED =
      List.of(
          "artifact_blob_locations",
          "artifact_properties",
          "artifact_blobs",
          "artifact_dependencies",
          "artifact_tags",
          "artifacts");

  /** The kernel ends a process like that that needs too much memory. */
  private static final String KILL_THE_TOOL =
      "for p in /proc/[0-9]*; do if grep -qx glance-manage $p/comm; then kill -KILL ${p#/proc/}; fi; done";

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
    cluster.load("glance");
  }

  /** On MariaDB each statement stays, and Alembic records the version after the last one. */
  @Story
  void killedAtAnyStatementOfItsContractPhaseGlanceManageNeverRunsItTwice(
      Glance glance, Cluster cluster) {
    var database = new MariaDb(glance);
    glance
        .environment("environment-mariadb")
        .apply(
            "../tools/glance-manage-rolling",
            text -> GlanceTool.wanting(EXPANDED, pike(GlanceTool.resource(text))));
    glance.await("Ready");
    var expanded = database.dump();

    // Before the first statement has done anything.
    try (var first = new LockedTable(glance, DROPPED.getFirst())) {
      Stories.want(glance, CONTRACTED);
      first.awaitWaiting("DROP TABLE " + DROPPED.getFirst());
      glance.kubectl("exec", syncPod(glance), "-c", "tool", "--", "sh", "-c", KILL_THE_TOOL);
      first.awaitNobodyWaits();
    }
    glance.awaitReason("Stalled", "MigrationFailed");
    assertThat(message(glance)).contains("was killed", "The database is at " + EXPANDED);
    assertThat(database.dump()).isEqualTo(expanded);

    // In the middle: with the pod the runner goes, too.
    try (var middle = new LockedTable(glance, DROPPED.get(3))) {
      Stories.annotate(glance, "retry", "the tool was killed");
      middle.awaitWaiting("DROP TABLE " + DROPPED.get(3));
      glance.kubectl("delete", "pod", syncPod(glance), "--force", "--grace-period=0");
      middle.awaitNobodyWaits();
    }
    glance.awaitReason("Stalled", "HalfApplied");
    assertThat(message(glance))
        .contains("recorded version " + EXPANDED, DROPPED.getFirst(), "Complete or undo by hand");
    assertThat(tables(database.dump())).isEqualTo(without(tables(expanded), DROPPED.subList(0, 3)));
    assertThat(recorded(database)).containsExactly("ocata_contract01", EXPANDED);
    assertThat(glance.get("sv", "glance").at("/status/version").asText()).isEqualTo(EXPANDED);

    // After the last statement, and before Alembic has recorded the version.
    DROPPED.subList(3, 6).forEach(table -> database.query("DROP TABLE " + table));
    retry(glance, "the rest is done by hand");
    assertThat(glance.condition("Stalled").get("reason").asText()).isEqualTo("HalfApplied");
    assertThat(message(glance))
        .contains(
            "recorded version " + EXPANDED,
            "Its schema equals version " + CONTRACTED,
            "db version_control $(VERSION)");
    assertThat(recorded(database)).containsExactly("ocata_contract01", EXPANDED);

    // The remedy is the tool's own.
    GlanceTool.onMariaDb(glance, cluster)
        .run("stamp", "db(\"version_control\", \"%s\")".formatted(CONTRACTED));
    Stories.annotate(glance, "retry", "and recorded");
    glance.awaitVersion(CONTRACTED);
    glance.await("Ready");
    assertThat(glance.get("sv", "glance").at("/status/proof/verdict").asText()).isEqualTo("Equal");
    assertThat(recorded(database)).containsExactly(CONTRACTED);
    assertThat(tables(database.dump())).isEqualTo(without(tables(expanded), DROPPED));
  }

  @Story
  void whatGolangMigrateCallsDirtyIsNamedAndGoesOnAfterForce(Glance glance, Cluster cluster) {
    glance.environment("environment");
    Stories.applyRecipe(glance, "golang-migrate", InterruptedToolTest::failing);
    glance.await("Ready");
    glance.psql("INSERT INTO customers VALUES (1, 'Ann')");
    var before = glance.dump();

    Stories.want(glance, "2");
    glance.awaitReason("Stalled", "HalfApplied");

    assertThat(message(glance))
        .contains(
            "invalid input syntax for type bigint",
            "schema_migrations: version='2', dirty='t'",
            "Its schema equals version 1.",
            "force $(VERSION)");
    assertThat(glance.psql("SELECT version, dirty FROM schema_migrations")).isEqualTo("2|t");
    assertThat(glance.dump().replace("2\tt", "1\tf")).isEqualTo(before);

    retry(glance, "without a remedy");
    assertThat(message(glance)).contains("schema_migrations: version='2', dirty='t'", "force");
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

  /** The recipe with an older release, whose contract phase has many statements. */
  private static String pike(String resource) {
    return resource
        .replaceAll("(?m)^ +- 2023_1_contract01\n", "")
        .replace("2023_1_contract01", "ocata_contract01")
        .replace("2024_1_expand01", EXPANDED)
        .replace("2024_1_contract01) db sync", CONTRACTED + ") db upgrade \"$1\"")
        .replace("2024_1_contract01", CONTRACTED)
        // A clone would cost another run of the tool.
        .replaceFirst("(?m)^  version: ", "  proof: {rehearsal: {mode: \"Off\"}}\n$0");
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

  private static String syncPod(Glance glance) {
    return glance
        .list("pods", Stories.OUR_JOBS + ",schemaversion.dev/step=sync")
        .valueStream()
        .filter(pod -> pod.at("/status/phase").asText().equals("Running"))
        .map(pod -> pod.at("/metadata/name").asText())
        .findFirst()
        .orElseThrow();
  }

  /** Has the operator try again, and waits until it is refused again. */
  private static void retry(Glance glance, String why) {
    int jobs = Stories.steps(glance).size();
    Stories.annotate(glance, "retry", why);
    await().atMost(LONG).until(() -> Stories.steps(glance).size() > jobs);
    glance.await("Stalled");
  }

  private static String message(Glance glance) {
    return glance.condition("Stalled").get("message").asText();
  }

  private static List<String> recorded(MariaDb database) {
    return database.query("SELECT version_num FROM alembic_version ORDER BY version_num");
  }

  /** The definitions of the tables in a dump, by name. */
  private static Map<String, String> tables(String dump) {
    var tables = new TreeMap<String, String>();
    TABLE.matcher(dump).results().forEach(table -> tables.put(table.group(1), table.group()));
    return tables;
  }

  private static Map<String, String> without(Map<String, String> tables, List<String> names) {
    var left = new TreeMap<>(tables);
    assertThat(left.keySet()).containsAll(names);
    left.keySet().removeAll(names);
    return left;
  }
}
