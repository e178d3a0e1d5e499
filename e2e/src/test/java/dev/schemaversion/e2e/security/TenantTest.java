package dev.schemaversion.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.Installation;
import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.stories.OnGlance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A user may only write SchemaVersions, in one namespace whose default ServiceAccount has all
 * rights. SECURITY.md lists what the user gains by that; these tests assert what the user does not
 * gain.
 */
@ExtendWith({OnCluster.class, OnGlance.class})
class TenantTest {
  private static final String TENANT = "--as=tenant";

  private static final String RIGHTS =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: tenant}
      rules:
        - apiGroups: [schemaversion.dev]
          resources: [schemaversions]
          verbs: [get, list, watch, create, update, patch, delete]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: tenant}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: tenant}
      subjects: [{kind: User, name: tenant, apiGroup: rbac.authorization.k8s.io}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: powerful}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin}
      subjects: [{kind: ServiceAccount, name: default}]
      """;

  /** All that a tenant may choose, chosen badly. */
  private static final String GREEDY =
      """
      apiVersion: schemaversion.dev/v1alpha1
      kind: SchemaVersion
      metadata: {name: glance}
      spec:
        version: "1"
        database:
          engine: PostgreSQL
          host: postgres.%1$s.svc
          name: glance
          secretRef: {name: of-another}
          tls: {mode: VerifyFull, caRef: {configMap: of-another}}
        migrations:
          configMapRefs: [{name: mine}]
        job:
          podLabels: {app.kubernetes.io/managed-by: me, app: mine}
          podAnnotations: {example.org/a: b}
      """;

  @Test
  @ResourceLock(value = "operator", mode = ResourceAccessMode.READ)
  void gainsOnlyTheOperatorsJobs(Cluster cluster, Glance glance) {
    glance.kubectlWithInput(namespaceOf(glance), "apply", "-f", "-");
    glance.kubectlWithInput(RIGHTS, "apply", "-f", "-");
    var other = glance.namespace() + "-other";
    var elsewhere = new Kubectl(cluster, other);
    try {
      elsewhere.run("create", "namespace", other);
      elsewhere.run("create", "secret", "generic", "of-another", "--from-literal=password=x");
      elsewhere.run("create", "configmap", "of-another", "--from-literal=ca.crt=x");
      glance.kubectl("create", "configmap", "mine", "--from-literal=V1__a.sql=SELECT 1");
      assertHasNoOtherRights(cluster, glance, other);

      glance.kubectlWithInput(
          GREEDY.formatted(other), TENANT, "create", "--validate=strict", "-f", "-");
      await()
          .atMost(Duration.ofMinutes(4))
          .until(() -> !glance.list("pods", "schemaversion.dev/resource=glance").isEmpty());
      var pod = glance.list("pods", "schemaversion.dev/resource=glance").get(0);

      assertIsOfTheUsualShape(pod);
      // There is no such Secret here, whatever other namespaces have.
      glance.awaitReason("Ready", "CredentialsMissing");
    } finally {
      new Kubectl(cluster).attempt("delete", "namespace", other, "--wait=false");
    }
  }

  private static String namespaceOf(Glance glance) {
    return """
    apiVersion: v1
    kind: Namespace
    metadata:
      name: %s
      labels: {pod-security.kubernetes.io/enforce: restricted}
    """
        .formatted(glance.namespace());
  }

  private static void assertHasNoOtherRights(Cluster cluster, Glance glance, String other) {
    var here = new Kubectl(cluster, glance.namespace());
    assertThat(may(here, "create", "schemaversions.schemaversion.dev")).isEqualTo("yes");
    for (var right :
        List.of(
            "get secrets",
            "create pods",
            "create jobs.batch",
            "get configmaps",
            "create serviceaccounts")) {
      var words = List.of(right.split(" ", 2));
      assertThat(may(here, words.get(0), words.get(1))).as(right).isEqualTo("no");
    }
    assertThat(may(new Kubectl(cluster, other), "create", "schemaversions.schemaversion.dev"))
        .isEqualTo("no");
    var proven =
        here.attempt(
            TENANT,
            "patch",
            "sv",
            "glance",
            "--subresource=status",
            "--type=merge",
            "-p",
            "{\"status\": {\"version\": \"99\"}}");
    assertThat(proven.exit()).isNotZero();
    assertThat(proven.err()).contains("forbidden");
  }

  private static String may(Kubectl kubectl, String verb, String resource) {
    return kubectl.attempt("auth", "can-i", TENANT, verb, resource).out().strip();
  }

  private static void assertIsOfTheUsualShape(JsonNode pod) {
    var spec = pod.get("spec");
    assertThat(spec.at("/serviceAccountName").asText()).isEqualTo("default");
    assertThat(spec.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(spec.at("/hostNetwork").asBoolean(false)).isFalse();
    assertThat(pod.at("/metadata/labels/app.kubernetes.io~1managed-by").asText())
        .isEqualTo("schemaversion-operator");
    var kinds = new ArrayList<String>();
    for (var volume : spec.get("volumes")) {
      volume.fieldNames().forEachRemaining(kinds::add);
    }
    assertThat(kinds).containsOnly("name", "emptyDir", "configMap", "secret");
    for (var containers : List.of("containers", "initContainers")) {
      for (var container : spec.get(containers)) {
        var context = container.get("securityContext");
        assertThat(context.at("/allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(context.at("/readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
      }
    }
  }

  @Test
  @ResourceLock(value = "operator", mode = ResourceAccessMode.READ)
  void theRestrictedProfileIsEnforcedWhereOperatorAndExampleRun(Cluster cluster, Glance glance) {
    glance.environment("environment");
    var namespaces =
        Map.of(
            Installation.NAMESPACE, new Kubectl(cluster), glance.namespace(), new Kubectl(cluster));
    namespaces.forEach(
        (namespace, kubectl) -> {
          assertThat(
                  kubectl.run(
                      "get",
                      "namespace",
                      namespace,
                      "-o",
                      "jsonpath={.metadata.labels.pod-security\\.kubernetes\\.io/enforce}"))
              .as(namespace)
              .isEqualTo("restricted");
          var privileged =
              new Kubectl(cluster, namespace)
                  .attempt("run", "evil", "--image=x", "--privileged", "--dry-run=server");
          assertThat(privileged.exit()).as(namespace).isNotZero();
          assertThat(privileged.err()).contains("violates PodSecurity \"restricted");
        });
  }
}
