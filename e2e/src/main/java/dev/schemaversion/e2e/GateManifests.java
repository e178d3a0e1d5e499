package dev.schemaversion.e2e;

import dev.schemaversion.e2e.cluster.Cluster;

/** The sets of manifests for the kinds of API servers, which differ in the gate. */
public enum GateManifests {
  /** With MutatingAdmissionPolicy as {@code v1}: Kubernetes 1.36. */
  V1("deploy", "e2e/install"),
  /** With MutatingAdmissionPolicy as {@code v1beta1}: Kubernetes 1.34 and 1.35 with its feature. */
  V1BETA1("deploy/overlays/kubernetes-1.34", "e2e/install/kubernetes-1.34"),
  /** Without MutatingAdmissionPolicy: the gate is in pod templates. */
  POD_TEMPLATE("deploy/overlays/kubernetes-1.30", "e2e/install/kubernetes-1.30");

  private static final String API = "/apis/admissionregistration.k8s.io/";

  private final String shipped;
  private final String installed;

  GateManifests(String shipped, String installed) {
    this.shipped = shipped;
    this.installed = installed;
  }

  /** Returns the set for a cluster. */
  public static GateManifests of(Cluster cluster) {
    return serves(cluster, "v1") ? V1 : serves(cluster, "v1beta1") ? V1BETA1 : POD_TEMPLATE;
  }

  private static boolean serves(Cluster cluster, String version) {
    var answer = new Kubectl(cluster).attempt("get", "--raw", API + version);
    return answer.exit() == 0 && answer.out().contains("\"mutatingadmissionpolicies\"");
  }

  /** Whether policies add gates and pauses; otherwise manifests and the operator do. */
  public boolean mutate() {
    return this != POD_TEMPLATE;
  }

  /** Returns the folder of the shipped kustomization, below the project's. */
  public String shipped() {
    return shipped;
  }

  /** Returns the folder of the kustomization for tests, below the project's. */
  String installed() {
    return installed;
  }
}
