package dev.schemaversion.e2e.faults;

import dev.schemaversion.e2e.Kubectl;

/**
 * Admission policies of the tests that stop the work at a step while a namespace has a label: the
 * runner's pod gets an additional gate, a status with a version is denied, or a release is denied.
 */
final class Holds implements AutoCloseable {
  /** The namespace's label. */
  static final String LABEL = "faults";

  /** The gate of a pod that is to be pending. */
  static final String GATE = "faults/pending";

  private static final String POLICIES =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingAdmissionPolicy
      metadata: {name: faults-pending}
      spec:
        matchConstraints:
          namespaceSelector: {matchLabels: {faults: pending}}
          objectSelector: {matchLabels: {schemaversion.dev/step: sync}}
          resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
        failurePolicy: Fail
        reinvocationPolicy: Never
        mutations:
        - patchType: JSONPatch
          jsonPatch:
            expression: "[JSONPatch{op: 'add', path: '/spec/schedulingGates', value: [{'name': 'faults/pending'}]}]"
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingAdmissionPolicyBinding
      metadata: {name: faults-pending}
      spec: {policyName: faults-pending}
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata: {name: faults-status}
      spec:
        matchConstraints:
          namespaceSelector: {matchLabels: {faults: after-report}}
          resourceRules: [{apiGroups: [schemaversion.dev], apiVersions: ["*"], operations: [UPDATE], resources: [schemaversions/status]}]
        failurePolicy: Fail
        validations:
        - {expression: "!has(object.status) || !has(object.status.version)", message: a test holds this status}
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata: {name: faults-status}
      spec: {policyName: faults-status, validationActions: [Deny]}
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata: {name: faults-release}
      spec:
        matchConstraints:
          namespaceSelector: {matchLabels: {faults: release}}
          resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [UPDATE], resources: [deployments]}]
        failurePolicy: Fail
        matchConditions:
        - name: the-operator
          expression: request.userInfo.username == 'system:serviceaccount:schemaversion-system:schemaversion-operator'
        validations:
        - {expression: "false", message: a test holds this release}
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata: {name: faults-release}
      spec: {policyName: faults-release, validationActions: [Deny]}
      """;

  /** Manifests whose namespace has one more label. */
  static String labelled(String manifests, String label) {
    return manifests.replaceFirst(
        "(?m)^    (pod-security.kubernetes.io/enforce: restricted)$", "    $1\n    " + label);
  }

  private final Kubectl kubectl;

  Holds(Kubectl kubectl) {
    this.kubectl = kubectl;
    kubectl.runWithInput(POLICIES, "apply", "-f", "-");
  }

  @Override
  public void close() {
    kubectl.runWithInput(POLICIES, "delete", "--ignore-not-found", "-f", "-");
  }
}
