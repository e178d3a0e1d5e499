package dev.schemaversion.operator.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.operator.reconcile.Events;
import dev.schemaversion.operator.reconcile.PreconditionedDelete;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Objects and collaborators for tests of the gate. */
public final class GateFixtures {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  public static final String AT_THIRTEEN =
      """
      apiVersion: schemaversion.dev/v1alpha1
      kind: SchemaVersion
      metadata: {name: glance, namespace: glance, generation: 4}
      status: {observedGeneration: 4, version: "13"}
      """;

  private GateFixtures() {}

  /** Returns a pod of a StatefulSet that requires version 13, with these scheduling gates. */
  public static Pod pod(String gates) {
    return Serialization.unmarshal(
        """
      apiVersion: v1
      kind: Pod
      metadata:
        name: registry-0
        namespace: glance
        uid: pod-uid
        generation: 1
        resourceVersion: "7"
        creationTimestamp: "2026-03-01T11:00:00Z"
        labels: {schemaversion.dev/requires: glance, controller-revision-hash: registry-b}
        annotations: {schemaversion.dev/min-version: "13"}
        ownerReferences:
          - {apiVersion: apps/v1, kind: StatefulSet, name: registry, uid: set-uid, controller: true}
      spec:
        schedulingGates: %s
        containers: [{name: registry, image: registry}]
      """
            .formatted(gates),
        Pod.class);
  }

  /** Creates the mutating policies' bindings, without which every workload gets a warning. */
  static void bindPolicies(KubernetesClient client) {
    for (var name : List.of(InstalledPolicies.HOLD_ROLLOUTS, InstalledPolicies.HOLD_PODS)) {
      bind(client, "v1", "Mutating", name);
    }
  }

  /** Creates the binding of a policy. */
  static void bind(KubernetesClient client, String version, String sort, String name) {
    var api = "admissionregistration.k8s.io/" + version;
    client.raw(
        "/apis/%s/%sadmissionpolicybindings".formatted(api, sort.toLowerCase(Locale.ROOT)),
        "POST",
        """
        {"apiVersion": "%s", "kind": "%sAdmissionPolicyBinding", "metadata": {"name": "%s"}}
        """
            .formatted(api, sort, name));
  }

  /** Returns a detector whose process started at noon. */
  public static UngatedWorkloadDetector ungated(KubernetesClient client) {
    return new UngatedWorkloadDetector(
        new InstalledPolicies(client, CLOCK), new Events(client, CLOCK), CLOCK);
  }

  public static WorkloadReconciler workloadReconciler(KubernetesClient client) {
    return new WorkloadReconciler(
        new Gate(client, new Events(client, CLOCK)),
        new InstalledPolicies(client, CLOCK),
        ungated(client));
  }

  public static PodReconciler podReconciler(KubernetesClient client) {
    var events = new Events(client, CLOCK);
    return new PodReconciler(
        client,
        new Gate(client, events),
        ungated(client),
        new PreconditionedDelete(client),
        events);
  }

  /** Returns a context whose cache contains only these SchemaVersions. */
  @SuppressWarnings("unchecked")
  public static <P extends HasMetadata> Context<P> context(String... resources) {
    var cached =
        Arrays.stream(resources)
            .filter(Objects::nonNull)
            .map(yaml -> Serialization.unmarshal(yaml, SchemaVersion.class))
            .toList();
    return (Context<P>)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("getSecondaryResourcesAsStream");
              return cached.stream();
            });
  }
}
