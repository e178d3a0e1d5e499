package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.cluster.Cluster;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A real tool that ends in the middle: what the operator says then is what is there, and nothing
 * runs twice.
 */
@WithOperator
@ExtendWith(OnCluster.class)
class InterruptedToolTest {
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

  @BeforeAll
  static void loadImages(Cluster cluster) {
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
    assertThat(Stories.refusal(glance)).contains("was killed", "The database is at " + EXPANDED);
    assertThat(database.dump()).isEqualTo(expanded);

    // In the middle: with the pod the runner goes, too.
    try (var middle = new LockedTable(glance, DROPPED.get(3))) {
      Stories.annotate(glance, "retry", "the tool was killed");
      middle.awaitWaiting("DROP TABLE " + DROPPED.get(3));
      glance.kubectl("delete", "pod", syncPod(glance), "--force", "--grace-period=0");
      middle.awaitNobodyWaits();
    }
    glance.awaitReason("Stalled", "HalfApplied");
    assertThat(Stories.refusal(glance))
        .contains("recorded version " + EXPANDED, DROPPED.getFirst(), "Complete or undo by hand");
    assertThat(tables(database.dump())).isEqualTo(without(tables(expanded), DROPPED.subList(0, 3)));
    assertThat(recorded(database)).containsExactly("ocata_contract01", EXPANDED);
    assertThat(glance.get("sv", "glance").at("/status/version").asText()).isEqualTo(EXPANDED);

    // After the last statement, and before Alembic has recorded the version.
    DROPPED.subList(3, 6).forEach(table -> database.query("DROP TABLE " + table));
    Stories.retry(glance, "the rest is done by hand");
    assertThat(glance.condition("Stalled").get("reason").asText()).isEqualTo("HalfApplied");
    assertThat(Stories.refusal(glance))
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

  private static String syncPod(Glance glance) {
    return glance
        .list("pods", Stories.OUR_JOBS + ",schemaversion.dev/step=sync")
        .valueStream()
        .filter(pod -> pod.at("/status/phase").asText().equals("Running"))
        .map(pod -> pod.at("/metadata/name").asText())
        .findFirst()
        .orElseThrow();
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
