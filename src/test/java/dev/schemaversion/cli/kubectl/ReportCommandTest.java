package dev.schemaversion.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report has what support needs, and no secret. */
@EnableKubernetesMockClient(crud = true, https = false)
class ReportCommandTest {
  private static final String SECRET =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: glance-db, namespace: glance}
      stringData: {password: "s3cret-in-secret"}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: glance-migrations, namespace: glance}
      data: {V1__a.sql: "CREATE TABLE in_config_map ()"}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: schemaversion-operator, namespace: schemaversion-system, labels: {app.kubernetes.io/name: schemaversion-operator}}
      spec: {template: {spec: {containers: [{name: operator, env: [{name: HTTPS_PROXY, value: "http://in-variable"}]}]}}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: operator-1, namespace: schemaversion-system, labels: {app.kubernetes.io/name: schemaversion-operator}}
      spec: {containers: [{name: operator}]}
      """;

  @TempDir Path folder;
  KubernetesMockServer server;
  private Plugin plugin;
  private Path file;

  @BeforeEach
  void connect() {
    plugin = new Plugin(server);
    plugin.create(SomeObjects.SYNCING);
    plugin.create(SECRET);
    file = folder.resolve("report.zip");
    log("glance/pods/glance-sync-1a2b3c4d-1-x7k2p", "scratch", "ready");
    log(
        "glance/pods/glance-sync-1a2b3c4d-1-x7k2p",
        "runner",
        "connects to postgres://glance:in-log@db/glance");
    log("schemaversion-system/pods/operator-1", "operator", "created Job");
  }

  @Test
  void itHasObjectsLogsAndTheOperator() throws IOException {
    var report = plugin.run("report", "glance", "-o", file.toString());

    assertThat(report.exit()).isZero();
    assertThat(report.out()).startsWith("Wrote " + file + " with 15 files.");
    var files = files();
    assertThat(files)
        .containsOnlyKeys(
            "README.txt",
            "cluster.txt",
            "events.yaml",
            "gate.txt",
            "jobs.yaml",
            "logs/glance-sync-1a2b3c4d-1-x7k2p/runner.log",
            "logs/glance-sync-1a2b3c4d-1-x7k2p/scratch.log",
            "operator/deployments.yaml",
            "operator/logs/operator-1/operator.log",
            "operator/names.txt",
            "operator/pods.yaml",
            "pods.yaml",
            "schemaversion.yaml",
            "status.txt",
            "workloads.yaml");
    assertThat(files.get("status.txt")).startsWith("glance/glance: at 13, wants 14");
    assertThat(files.get("cluster.txt")).startsWith("Kubernetes ");
    assertThat(files.get("README.txt")).contains("Nothing is missing.");
    assertThat(files.get("operator/logs/operator-1/operator.log")).isEqualTo("created Job");
  }

  @Test
  void itHasNoSecretNoConfigMapAndNoForeignVariable() throws IOException, InterruptedException {
    plugin.run("report", "glance", "-o", file.toString());

    assertThat(String.join("\n", files().values()))
        .doesNotContain("s3cret-in-secret", "in_config_map", "in-variable", "in-log")
        .contains("postgres://MASKED@db/glance");
    for (int left = server.getRequestCount(); left > 0; left--) {
      var request = server.takeRequest();
      if (request.getMethod().equals("GET")) {
        assertThat(request.getPath()).doesNotContain("secrets", "configmaps");
      }
    }
  }

  @Test
  void whatMayNotBeReadIsNotedAndTheRestIsThere() throws IOException {
    var forbidden =
        new StatusBuilder().withCode(403).withMessage("deployments is forbidden").build();
    server
        .expect()
        .get()
        .withPath(
            "/apis/apps/v1/namespaces/schemaversion-system/deployments?labelSelector=app.kubernetes.io%2Fname%3Dschemaversion-operator")
        .andReturn(403, forbidden)
        .always();

    var report = plugin.run("report", "glance", "-o", file.toString());

    assertThat(report.exit()).isZero();
    assertThat(report.err())
        .startsWith("missing: operator/deployments.yaml: ")
        .contains("deployments is forbidden");
    assertThat(files().get("README.txt")).contains("operator/deployments.yaml: ");
    assertThat(files())
        .containsKey("schemaversion.yaml")
        .doesNotContainKey("operator/deployments.yaml");
  }

  @Test
  void anExistingFileIsNotReplaced() throws IOException {
    Files.writeString(file, "precious");

    var report = plugin.run("report", "glance", "-o", file.toString());

    assertThat(report.exit()).isOne();
    assertThat(report.err()).isEqualTo("error: " + file + " exists. Name another file with -o.\n");
    assertThat(file).hasContent("precious");
  }

  @Test
  void aFolderThatDoesNotExistIsNamed() {
    var report = plugin.run("report", "glance", "-o", folder.resolve("none/a.zip").toString());

    assertThat(report.exit()).isOne();
    assertThat(report.err()).contains("none/a.zip cannot be written").contains("-o");
  }

  private void log(String pod, String container, String text) {
    server
        .expect()
        .get()
        .withPath("/api/v1/namespaces/" + pod + "/log?pretty=false&container=" + container)
        .andReturn(200, text)
        .always();
  }

  private Map<String, String> files() throws IOException {
    var files = new TreeMap<String, String>();
    try (var zip = new ZipFile(file.toFile())) {
      for (var entry : zip.stream().toList()) {
        files.put(
            entry.getName(),
            new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }
}
