package dev.schemaversion.e2e.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.schemaversion.e2e.GateManifests;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.cluster.Command;
import dev.schemaversion.e2e.cluster.Machine;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a mutating webhook changes, which the API server calls after all mutating policies, does not
 * slip by the gate. The test needs an API server whose machine runs the webhook.
 */
class WebhookTest {

  private static final int ROUNDS = 10;
  private static final String CONFIGURATION =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingWebhookConfiguration
      metadata: {name: %3$s}
      webhooks:
      - name: %3$s.example.com
        clientConfig: {url: 'https://127.0.0.1:%1$s/', caBundle: %2$s}
        objectSelector: {matchLabels: {gate-test/by: %3$s}}
        rules:
        - {apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [pods]}
        - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}
        admissionReviewVersions: [v1]
        sideEffects: None
        failurePolicy: Fail
        reinvocationPolicy: %4$s
      """;

  private static final List<AutoCloseable> OPEN = new ArrayList<>();
  private static KubernetesClient client;
  private static Tenant tenant;
  private static String port;
  private static String certificate;

  @BeforeAll
  static void anApiServerWithTheGateAndAWebhook(@TempDir Path folder)
      throws IOException, URISyntaxException {
    var cluster = Cluster.startApiServer();
    assumeTrue(cluster.isPresent(), "no webhook may be installed where the user names the cluster");
    OPEN.addFirst(cluster.get());
    var machine = cluster.get().machine();
    assumeTrue(machine.isPresent(), "the webhook must run where the API server reaches it");
    var config = Config.fromKubeconfig(cluster.get().kubeconfig().toFile());
    client = new KubernetesClientBuilder().withConfig(config).build();
    OPEN.addFirst(client);
    var manifests = GateManifests.of(cluster.get());
    assumeTrue(manifests.mutate(), "this API server has no MutatingAdmissionPolicy");
    OPEN.addFirst(new InstalledGate(client, manifests));
    tenant = new Tenant(client);
    tenant.database("glance", "13");
    tenant.awaitPoliciesSeeDatabases();
    webhook(machine.get(), folder);
  }

  private static void webhook(Machine machine, Path folder) throws IOException, URISyntaxException {
    var store = folder.resolve("webhook.p12").toString();
    var bin = Path.of(System.getProperty("java.home"), "bin");
    var keytool = bin.resolve("keytool").toString();
    var common =
        List.of("-keystore", store, "-storepass", MutatingWebhook.PASSWORD, "-alias", "webhook");
    run(
        keytool,
        common,
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=webhook",
        "-ext",
        "SAN=ip:127.0.0.1");
    run(keytool, common, "-exportcert", "-rfc", "-file", folder.resolve("webhook.crt").toString());
    certificate =
        Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("webhook.crt")));

    var classes = MutatingWebhook.class.getProtectionDomain().getCodeSource().getLocation();
    var java = bin.resolve("java").toString();
    var main = MutatingWebhook.class.getName();
    var process =
        machine.start(List.of(java, "-cp", Path.of(classes.toURI()).toString(), main, store));
    OPEN.addFirst(process::destroyForcibly);
    port = process.inputReader().readLine();
  }

  private static void run(String keytool, List<String> common, String... options) {
    var command = new ArrayList<>(List.of(keytool));
    command.addAll(List.of(options));
    command.addAll(common);
    Command.run(command);
  }

  @AfterAll
  static void close() throws Exception {
    for (var one : OPEN) {
      one.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Never", "IfNeeded"})
  void nothingThatAWebhookChangesSlipsBy(String reinvocation) {
    var name = "called-again-" + reinvocation.toLowerCase(Locale.ROOT);
    var yaml = CONFIGURATION.formatted(port, certificate, name, reinvocation);
    var webhook = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    client.load(webhook).create();
    awaitCalled(name);

    for (int round = 0; round < ROUNDS; round++) {
      ForeignMutation.assertNothingSlipsBy(tenant, "w" + round, name);
    }
  }

  private static void awaitCalled(String name) {
    var harmless =
        ForeignMutation.changedBy(name, "harmless").apply(Program.deployment("harmless"));
    await("the API server calls the webhook")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(tenant.dryRun(harmless).getMetadata().getLabels())
                    .containsKey("harmless"));
  }
}
