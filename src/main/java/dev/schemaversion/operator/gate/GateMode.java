package dev.schemaversion.operator.gate;

/** How a cluster holds labelled workloads, by the policies that are installed. */
public enum GateMode {
  /**
   * Mutating policies pause roll-outs and gate pods at admission (Kubernetes 1.36, or 1.34 with
   * {@code v1beta1}).
   */
  Admission("the API server pauses roll-outs and gates pods at admission"),
  /**
   * Pod templates have the scheduling gate, and validating policies refuse manifests without it
   * (Kubernetes 1.30 to 1.35). The operator pauses roll-outs.
   */
  PodTemplate(
      "pod templates must have the scheduling gate, and the operator pauses roll-outs (the API server has no MutatingAdmissionPolicy, or its policies are not installed)"),
  /**
   * No policy is installed. Pods are held whose template has the scheduling gate, and no others.
   */
  None(
      "no policy is installed, so only pods whose template has the scheduling gate are held; install the policies"),
  /** The API server did not answer. */
  Unknown("the API server did not say which policies are installed");

  private final String meaning;

  GateMode(String meaning) {
    this.meaning = meaning;
  }

  /**
   * Whether the operator pauses roll-outs, because nothing else does. It does not while that is
   * unknown: a pause that nobody asked for is worse than a roll-out whose pods wait.
   */
  boolean operatorPauses() {
    return this == PodTemplate || this == None;
  }

  /** Returns what the mode means for users, as a part of a sentence. */
  public String meaning() {
    return meaning;
  }
}
