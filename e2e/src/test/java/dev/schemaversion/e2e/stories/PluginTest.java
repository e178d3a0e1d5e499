package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Cluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.io.TempDir;

/** The kubectl plugin with the operator as it is shipped. */
@WithOperator
class PluginTest {
  @TempDir Path folder;

  @Story
  void statusShowsWhoWaitsAndApproveStartsExactlyThatPlan(Glance glance, Cluster cluster) {
    var plugin = new Plugin(cluster, glance);
    glance.environment("environment-diablo");
    glance.apply("app", Stories.with("approval: Manual"));
    glance.awaitReason("Ready", "ApprovalPending");
    var before = glance.dump();

    assertThat(plugin.run("status", "glance"))
        .startsWith(glance.namespace() + "/glance: at 9, wants 13\n")
        .contains("ApprovalPending", "Plan from 9 to 13 with 4 migrations waits for approval")
        .containsPattern("glance-plan-[0-9a-f]{8}-1 +plan +Succeeded")
        .containsPattern("Deployment glance-registry +needs 13 .*held for .*VersionTooLow");
    assertThat(plugin.run("plan", "glance")).contains("public.images.protected");

    var other = plugin.attempt("approve", "glance", "--digest", "sha256:" + "0".repeat(64));
    assertThat(other.exit()).isOne();
    assertThat(other.err()).contains("Nothing was approved");
    var unanswered = plugin.attempt("approve", "glance");
    assertThat(unanswered.exit()).isOne();
    assertThat(glance.dump()).isEqualTo(before);

    assertThat(plugin.run("approve", "glance", "--yes", "--wait"))
        .endsWith("Ready: the database is at 13\n");
    assertThat(glance.get("sv", "glance").at("/status/version").asText()).isEqualTo("13");
    glance.awaitRegistry();
    assertThat(plugin.run("status", "glance"))
        .contains("Ready for ")
        .containsPattern("Deployment glance-registry +needs 13 +2/2 ready +released");
    assertThat(plugin.run("history", "glance")).containsPattern("sync +1 +Succeeded +13 +4");
    assertThat(plugin.run("logs", "glance", "--step", "sync")).contains("[runner] ");
    assertThat(plugin.complete("status")).isEqualTo("glance\n:4\n");
  }

  @Story
  void theDashboardShowsWhoWaitsAndFollowsTheCluster(Glance glance, Cluster cluster)
      throws Exception {
    var plugin = new Plugin(cluster, glance);
    glance.environment("environment-diablo");
    glance.apply("app", Stories.with("approval: Manual"));
    glance.awaitReason("Ready", "ApprovalPending");
    var dashboard = plugin.start("dashboard");
    try (var output = dashboard.inputReader(StandardCharsets.UTF_8)) {
      var address = output.readLine();
      var page = address + "r/" + glance.namespace() + "/glance";

      assertThat(get(address)).contains("0 of 1 ready", "ApprovalPending", "glance-registry");
      assertThat(get(page))
          .contains("Plan from 9 to 13", "glance-plan-", "kubectl schemaversion approve glance")
          .contains("waits until glance is higher (VersionTooLow)")
          .doesNotContain(Glance.PASSWORD_MARK);

      plugin.run("approve", "glance", "--yes", "--wait");
      glance.awaitRegistry();
      assertThat(get(address)).contains("1 of 1 ready").doesNotContain("Workloads that wait");
      assertThat(get(page)).contains("released", "glance-sync-").doesNotContain("Plan from");
    } finally {
      dashboard.destroy();
    }
  }

  private static String get(String address) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
          .body();
    }
  }

  @Story
  void retryWaitsAndFailsUntilTheCauseIsGone(Glance glance, Cluster cluster) {
    var plugin = new Plugin(cluster, glance);
    glance
        .environment("environment")
        .apply("app", Stories.with("proof: {ignore: [\"* public.report_*\"]}"));
    glance.await("Ready");
    assertThat(plugin.run("retry", "glance")).contains("nothing to retry");
    glance.psql("CREATE VIEW report_names AS SELECT name, count(*) FROM images GROUP BY name");
    Stories.addMigration(
        glance, "V014__long_names.sql", "ALTER TABLE images ALTER COLUMN name TYPE text;");
    Stories.want(glance, "14");
    glance.await("Stalled");

    var again = plugin.attempt("retry", "glance", "--wait");
    assertThat(again.exit()).isOne();
    assertThat(again.err()).contains("error: RehearsalFailed: ", "V014__long_names.sql");

    glance.psql("DROP VIEW report_names");
    assertThat(plugin.run("retry", "glance", "--wait")).endsWith("Ready: the database is at 14\n");
  }

  @Story
  void suspendedNothingStartsAndVerifyFindsDrift(Glance glance, Cluster cluster) {
    var plugin = new Plugin(cluster, glance);
    glance.environment("environment").apply("app");
    glance.await("Ready");

    plugin.run("suspend", "glance");
    assertThat(glance.get("sv", "glance").at("/spec/suspend").asBoolean()).isTrue();
    assertThat(plugin.attempt("verify", "glance").err()).contains("kubectl schemaversion resume");
    plugin.run("resume", "glance");
    assertThat(glance.get("sv", "glance").at("/spec/suspend").asBoolean()).isFalse();

    assertThat(plugin.run("verify", "glance", "--wait")).contains("The schema is the proven one.");
    glance.psql("DROP INDEX ix_images_deleted");
    var drifted = plugin.attempt("verify", "glance", "--wait");
    assertThat(drifted.exit()).isOne();
    assertThat(drifted.err()).contains("error: Drifted: ", "ix_images_deleted");
    assertThat(plugin.run("diff", "glance"))
        .startsWith("Different (Drifted)")
        .contains("  - index public.images.ix_images_deleted");
  }

  @Story
  void aReportHasTheLogsAndNoPassword(Glance glance, Cluster cluster) throws IOException {
    var plugin = new Plugin(cluster, glance);
    glance.environment("environment").apply("app");
    glance.await("Ready");
    var file = folder.resolve("report.zip");

    var report = plugin.attempt("report", "glance", "-o", file.toString());

    assertThat(report.exit()).isZero();
    assertThat(report.err()).doesNotContain("missing: ");
    try (var zip = new ZipFile(file.toFile())) {
      var names = zip.stream().map(each -> each.getName()).toList();
      assertThat(names)
          .contains("README.txt", "status.txt", "schemaversion.yaml", "jobs.yaml", "gate.txt")
          .anySatisfy(name -> assertThat(name).matches("logs/glance-sync-.*/runner.log"))
          .anySatisfy(name -> assertThat(name).matches("operator/logs/.*/operator.log"));
      for (var entry : zip.stream().toList()) {
        var text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(text).as(entry.getName()).doesNotContain(Glance.PASSWORD_MARK);
      }
    }
  }

  @Story
  void adoptAsksTheDatabaseWithoutWritingToItAndItsManifestsWork(Glance glance, Cluster cluster) {
    var plugin = new Plugin(cluster, glance);
    glance.environment("environment-diablo");
    var before = glance.dump();

    var manifests = adopted(plugin);

    assertThat(manifests).contains("# The schema equals version 9, 10,");
    assertThat(glance.dump()).isEqualTo(before);
    assertThat(glance.kubectl("get", "sv,configmap", "-o", "name")).doesNotContain("adopted");

    glance.kubectlWithInput(manifests, "apply", "--server-side", "-f", "-");
    glance.kubectl("wait", "sv/adopted", "--for=condition=Ready", "--timeout=240s");
    assertThat(glance.get("sv", "adopted").at("/status/version").asText()).isEqualTo("13");
  }

  @Story
  void adoptAsksAnEmptyDatabaseWithoutMigratingIt(Glance glance, Cluster cluster) {
    var plugin = new Plugin(cluster, glance);
    glance.environment("environment");
    var before = glance.dump();

    var manifests = adopted(plugin);

    assertThat(manifests).contains("# The database is empty, so it needs no baseline");
    assertThat(glance.dump()).isEqualTo(before);
  }

  @Story
  void theRolesAreValid(Glance glance) {
    assertThat(
            glance.kubectl(
                "apply",
                "--dry-run=server",
                "-f",
                Checkout.root()
                    .resolve("deploy/samples/rbac/kubectl-schemaversion.yaml")
                    .toString()))
        .contains("kubectl-schemaversion-view created")
        .contains("kubectl-schemaversion-support created");
  }

  /** Asks the database, and returns the manifests. */
  private static String adopted(Plugin plugin) {
    return plugin.run(
        "adopt",
        "adopted",
        "--migrations",
        Checkout.root().resolve("deploy/samples/glance/migrations").toString(),
        "--secret",
        "glance-db",
        "--ask",
        "--yes");
  }
}
