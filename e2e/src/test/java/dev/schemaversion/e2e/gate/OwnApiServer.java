package dev.schemaversion.e2e.gate;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.schemaversion.e2e.GateManifests;
import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.Manifests;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** An API server of a test's own, whose policies the test installs and replaces. */
final class OwnApiServer implements AutoCloseable {
  private final Cluster cluster;
  private final KubernetesClient client;
  private final Tenant tenant;

  private OwnApiServer(Cluster cluster) {
    this.cluster = cluster;
    var config = Config.fromKubeconfig(cluster.kubeconfig().toFile());
    client = new KubernetesClientBuilder().withConfig(config).build();
    tenant = new Tenant(client);
  }

  /** Starts one, or skips the test where the user names the cluster. */
  static OwnApiServer start() {
    var cluster = Cluster.startApiServer();
    assumeTrue(cluster.isPresent(), "no policies may be replaced where the user names the cluster");
    return new OwnApiServer(cluster.get());
  }

  /** Applies a set of manifests as users do. Policies are in force some time later. */
  void install(GateManifests manifests) {
    kubectl()
        .runWithInput(
            new Manifests(cluster).of(manifests.shipped()),
            "apply",
            "--server-side",
            "--force-conflicts",
            "-f",
            "-");
  }

  /** Returns the set that the API server permits. */
  GateManifests best() {
    return GateManifests.of(cluster);
  }

  Kubectl kubectl() {
    return new Kubectl(cluster);
  }

  KubernetesClient client() {
    return client;
  }

  /** Returns the namespace of the test's user. */
  Tenant tenant() {
    return tenant;
  }

  /** Returns the message with which the policies that refuse answer a request, or null. */
  static String refusal(Runnable request) {
    try {
      request.run();
      return null;
    } catch (KubernetesClientException e) {
      if (!e.getMessage().contains("ValidatingAdmissionPolicy 'schemaversion-refuse-")) {
        throw e;
      }
      return e.getMessage();
    }
  }

  @Override
  public void close() {
    client.close();
    cluster.close();
  }
}
