package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.Program.needing;
import static dev.schemaversion.e2e.gate.Program.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What admission policies or webhooks of others change in pods and Deployments, and what the gate
 * must make of it. Which change is made is the value of the label {@value #CHANGE} of the object;
 * who makes it is the value of its label {@value #BY}. Database "glance" is at version 13.
 */
final class ForeignMutation {

  static final String CHANGE = "gate-test/change";
  static final String BY = "gate-test/by";

  /** Two policies whose names come before and after those of the gate. */
  private static final List<String> POLICIES = List.of("aaa-foreign", "zzz-foreign");

  private static final String POLICY =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingAdmissionPolicy
      metadata: {name: %1$s, annotations: {round: '%3$d'}}
      spec:
        matchConstraints:
          namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %2$s}}
          objectSelector: {matchLabels: {gate-test/by: %1$s}}
          resourceRules:
          - {apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [pods]}
          - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}
        failurePolicy: Fail
        reinvocationPolicy: IfNeeded
        variables:
        - {name: change, expression: "object.metadata.labels['gate-test/change']"}
        - name: template
          expression: "request.kind.kind == 'Pod' ? '' : '/spec/template'"
        mutations:
        - patchType: JSONPatch
          jsonPatch:
            expression: >-
              variables.change.startsWith('label-')
              ? [JSONPatch{op: 'add', path: '/metadata/labels/schemaversion.dev~1requires', value: variables.change.substring(6)}]
              : variables.change == 'version'
              ? [JSONPatch{op: 'add', path: variables.template + '/metadata/annotations/schemaversion.dev~1min-version', value: '99'}]
              : variables.change == 'hold'
              ? (request.kind.kind == 'Pod'
                 ? [JSONPatch{op: 'add', path: '/spec/schedulingGates', value: []}]
                 : [JSONPatch{op: 'add', path: '/spec/paused', value: false}])
              : [JSONPatch{op: 'add', path: '/metadata/labels/harmless', value: 'true'}]
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingAdmissionPolicyBinding
      metadata: {name: %1$s, annotations: {round: '%3$d'}}
      spec: {policyName: %1$s}
      """;

  /** A written workload, and a change of others that must not let it go. */
  private record Case(String sentence, String change, UnaryOperator<Deployment> written) {}

  private static final UnaryOperator<Deployment> SATISFIED = needing("13");
  private static final UnaryOperator<Deployment> LABELLED = Program.labelled("glance");

  private static final List<Case> CASES =
      List.of(
          new Case("a label on what is not satisfied", "label-glance", needing("14")),
          new Case(
              "a label on what is satisfied, which nobody has verified", "label-glance", SATISFIED),
          new Case("the label of no SchemaVersion", "label-none", SATISFIED),
          new Case("another label", "label-none", together(LABELLED, SATISFIED)),
          new Case("another version", "version", together(LABELLED, SATISFIED)),
          new Case("a hold taken away", "hold", together(LABELLED, needing("14"))),
          new Case(
              "a label where a user wrote that it is verified",
              "label-glance",
              together(SATISFIED, ForeignMutation::forged)));

  private final KubernetesClient client;

  ForeignMutation(KubernetesClient client) {
    this.client = client;
  }

  /** Applies the policies of others to a namespace. */
  void apply(Tenant tenant, int round) {
    manifests(tenant, round)
        .forEach(policy -> client.resource(policy).fieldManager("other").serverSideApply());
  }

  void delete(Tenant tenant) {
    manifests(tenant, 0).forEach(policy -> client.resource(policy).delete());
  }

  private List<HasMetadata> manifests(Tenant tenant, int round) {
    return POLICIES.stream()
        .map(name -> POLICY.formatted(name, tenant.namespace(), round))
        .map(yaml -> new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .flatMap(yaml -> client.load(yaml).items().stream())
        .toList();
  }

  /** Asserts the same of both policies. */
  static void assertNothingSlipsBy(Tenant tenant, String round) {
    POLICIES.forEach(by -> assertNothingSlipsBy(tenant, round, by));
  }

  /**
   * Asserts for each change that a pod and a Deployment are held or refused, and that both go where
   * the change is harmless.
   *
   * @param round a name for new objects
   * @param by who makes the changes
   */
  static void assertNothingSlipsBy(Tenant tenant, String round, String by) {
    for (var one : CASES) {
      var program =
          changedBy(by, one.change()).apply(one.written().apply(Program.deployment(round)));

      assertThat(refusalOrHold(() -> Verdict.of(tenant.dryRun(Program.pod(program)))))
          .as("pod, %s, by %s in %s", one.sentence(), by, round)
          .isPresent();
      assertThat(refusalOrHold(() -> Verdict.of(tenant.dryRun(program))))
          .as("Deployment, %s, by %s in %s", one.sentence(), by, round)
          .isPresent();
    }
    var harmless =
        together(changedBy(by, "harmless"), LABELLED, SATISFIED).apply(Program.deployment(round));
    assertThat(tenant.rehearse(Program.pod(harmless))).isEqualTo(Verdict.GOING);
    assertThat(tenant.rehearse(harmless)).isEqualTo(Verdict.GOING);
  }

  /** Returns a new workload, to which others make a change. */
  static UnaryOperator<Deployment> changedBy(String by, String change) {
    var labels = Map.of(BY, by, CHANGE, change);
    return deployment ->
        deployment
            .edit()
            .editMetadata()
            .addToLabels(labels)
            .endMetadata()
            .editSpec()
            .editTemplate()
            .editMetadata()
            .addToLabels(labels)
            .endMetadata()
            .endTemplate()
            .endSpec()
            .build();
  }

  /** Returns a workload with the annotation that only the gate may set. */
  static Deployment forged(Deployment deployment) {
    return Program.annotated(Program.VERIFIED, "glance=13")
        .andThen(Program.podAnnotation(Program.VERIFIED, "glance=13"))
        .apply(deployment);
  }

  private interface Request {
    Verdict send();
  }

  /** Returns the message of a refusal, or the hold; none if the object goes. */
  private static Optional<String> refusalOrHold(Request request) {
    try {
      var verdict = request.send();
      return verdict == Verdict.HELD ? Optional.of(verdict.name()) : Optional.empty();
    } catch (KubernetesClientException e) {
      assertThat(e.getMessage()).contains("schemaversion-refuse-", "neither held nor verified");
      return Optional.of(e.getMessage());
    }
  }
}
