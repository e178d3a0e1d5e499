package dev.schemaversion.e2e;

import dev.schemaversion.e2e.cluster.Cluster;

/**
 * Installs the operator on a cluster from {@code deploy/}, as its API server permits, with a
 * scratch server image that is available on the cluster.
 */
public final class Installation {
  /** The operator's namespace. */
  public static final String NAMESPACE = "schemaversion-system";

  private static final String DEPLOYMENT = "deployment/schemaversion-operator";

  private final Cluster cluster;
  private final Kubectl kubectl;

  /** Prepares an installation on this cluster. */
  public Installation(Cluster cluster) {
    this.cluster = cluster;
    this.kubectl = new Kubectl(cluster);
  }

  /** Loads the images, applies the manifests and waits until the operator is ready. */
  public void install() {
    cluster.load("schemaversion-operator");
    cluster.load("postgres");
    kubectl.runWithInput(
        new Manifests(cluster).of(GateManifests.of(cluster).installed()),
        "apply",
        "--server-side",
        "--force-conflicts",
        "-f",
        "-");
    awaitRollout();
  }

  /** Sets the number of operator pods and waits until it is reached. */
  public void scale(int replicas) {
    kubectl.run("-n", NAMESPACE, "scale", DEPLOYMENT, "--replicas=" + replicas);
    if (replicas == 0) {
      kubectl.run(
          "-n",
          NAMESPACE,
          "wait",
          "pod",
          "-l",
          "app.kubernetes.io/name=schemaversion-operator",
          "--for=delete",
          "--timeout=120s");
    }
    awaitRollout();
  }

  /** Kills all operator pods at once, as a power cut would. The Deployment creates new ones. */
  public void kill() {
    kubectl.run(
        "-n",
        NAMESPACE,
        "delete",
        "pod",
        "-l",
        "app.kubernetes.io/name=schemaversion-operator",
        "--grace-period=0",
        "--force");
  }

  /** Waits until all operator pods are ready. */
  public void awaitRollout() {
    kubectl.run("-n", NAMESPACE, "rollout", "status", DEPLOYMENT, "--timeout=300s");
  }
}
