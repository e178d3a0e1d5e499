package dev.schemaversion.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.cli.kubectl.cluster.Cluster;
import dev.schemaversion.cli.kubectl.cluster.ClusterOptions;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure is one message that says what to do, and exit code 1. */
@EnableKubernetesMockClient(https = false)
class FailuresTest {
  private static final String ALL =
      "/apis/schemaversion.dev/v1alpha1/namespaces/glance/schemaversions";

  KubernetesMockServer server;
  private Plugin plugin;

  @BeforeEach
  void connect() {
    plugin = new Plugin(server);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | Unauthorized | does not accept the credentials of the kubeconfig. Log in again",
        "403 | schemaversions is forbidden: User \"eve\" cannot list resource | The API server refuses the request: schemaversions is forbidden: User \"eve\" cannot list resource. Ask for one of the roles in docs/kubectl-plugin.md#rights.",
        "404 | the server could not find the requested resource | has no resource schemaversions.schemaversion.dev, so the operator is not installed there. Install it (docs/operate.md)",
        "500 | etcdserver: request timed out | The API server answers with 500: etcdserver: request timed out.",
      })
  void theAnswerOfTheApiServerIsExplained(int code, String said, String explained) {
    answers(code, said);

    var status = plugin.run("status");

    assertThat(status.exit()).isOne();
    assertThat(status.out()).isEmpty();
    assertThat(status.err()).startsWith("error: ").contains(explained).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status", "plan", "approve", "diff", "history", "logs", "retry", "verify", "suspend",
        "resume", "report"
      })
  void aResourceThatDoesNotExistIsSaidToBeMissingWithThoseThatExist(String command) {
    answers(404, "not found", "/glnce");
    server
        .expect()
        .get()
        .withPath(ALL)
        .andReturn(
            200,
            "{\"items\": [{\"metadata\": {\"name\": \"glance\", \"namespace\": \"glance\"}}, {\"metadata\": {\"name\": \"nova\", \"namespace\": \"glance\"}}]}")
        .always();

    var missing = plugin.run(command, "glnce");

    assertThat(missing.exit()).isOne();
    assertThat(missing.err())
        .isEqualTo(
            "error: Namespace glance has no SchemaVersion \"glnce\". It has: glance, nova.\n");
  }

  @Test
  void withoutTheCrdAResourceIsNotSaidToBeMissing() {
    answers(404, "not found", "/glance");
    answers(404, "the server could not find the requested resource");

    assertThat(plugin.run("status", "glance").err())
        .contains("the operator is not installed there");
  }

  @Test
  void anEmptyNamespaceIsSaidToBeEmpty() {
    server.expect().get().withPath(ALL).andReturn(200, "{\"items\": []}").always();
    answers(404, "not found", "/glance");

    assertThat(plugin.run("status").err())
        .isEqualTo("No SchemaVersion found. Name another namespace with -n, or use -A.\n");
    assertThat(plugin.run("status", "glance").err())
        .startsWith("error: Namespace glance has no SchemaVersion. Name another namespace with -n");
  }

  @Test
  void aServerThatDoesNotAnswerIsNamed() {
    var err = new ByteArrayOutputStream();
    // Port 1 of this machine: nothing listens there.
    var config =
        new ConfigBuilder()
            .withMasterUrl("http://127.0.0.1:1")
            .withRequestRetryBackoffLimit(0)
            .build();
    var command =
        new KubectlCommand(
            Plugin.terminal("", OutputStream.nullOutputStream(), err, Plugin.NOW, time -> false),
            options ->
                new Cluster(new KubernetesClientBuilder().withConfig(config).build(), "glance"));

    assertThat(command.run("status")).isOne();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("error: The API server http://127.0.0.1:1/ does not answer: ")
        .contains("--context or --kubeconfig");
  }

  @Test
  void aKubeconfigThatCannotBeReadIsNamed(@TempDir Path folder) {
    var missing = folder.resolve("config");

    assertThat(withOptions("--kubeconfig", missing.toString()))
        .startsWith("error: The kubeconfig " + missing + " cannot be read: ")
        .contains("--kubeconfig");
  }

  @Test
  void aContextThatDoesNotExistIsNamed(@TempDir Path folder) throws IOException {
    var kubeconfig = folder.resolve("config");
    Files.writeString(
        kubeconfig,
        """
        apiVersion: v1
        kind: Config
        current-context: a
        contexts: [{name: a, context: {cluster: a, user: a, namespace: glance}}]
        clusters: [{name: a, cluster: {server: "http://127.0.0.1:1"}}]
        users: [{name: a, user: {}}]
        """);

    assertThat(withOptions("--kubeconfig", kubeconfig.toString(), "--context", "b"))
        .contains("no context \"b\"")
        .contains("kubectl config get-contexts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry", "approve", "statsu", "adopt glance", "logs glance --step none"})
  void anInvalidCommandLineIsAUsageErrorAndAsksNoServer(String line) {
    assertThat(plugin.run(line.split(" ", -1)).exit()).isEqualTo(2);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void aNameAndAllNamespacesExcludeEachOther() {
    assertThat(plugin.run("status", "glance", "-A").exit()).isOne();
    assertThat(server.getRequestCount()).isZero();
  }

  /** The message of a command that uses the real options. */
  private static String withOptions(String... options) {
    var err = new ByteArrayOutputStream();
    var command =
        new KubectlCommand(
            Plugin.terminal("", OutputStream.nullOutputStream(), err, Plugin.NOW, time -> false),
            ClusterOptions::connect);
    var arguments = new ArrayList<>(List.of("status"));
    arguments.addAll(List.of(options));
    assertThat(command.run(arguments.toArray(String[]::new))).isOne();
    return err.toString(StandardCharsets.UTF_8);
  }

  private void answers(int code, String message) {
    answers(code, message, "");
  }

  private void answers(int code, String message, String below) {
    var status = new StatusBuilder().withCode(code).withMessage(message).build();
    server.expect().get().withPath(ALL + below).andReturn(code, status).always();
  }
}
