package dev.schemaversion.e2e.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ExpressionWarning;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code kubectl apply -k deploy} installs the operator, with only the operator's documented
 * rights.
 */
@GateAlone
class InstallTest {

  @Test
  void theCrdComesFirstAndTheOperatorLast(Cluster cluster, KubernetesClient client) {
    var kinds =
        rendered(cluster, client, InstalledGate.deploy()).map(HasMetadata::getKind).toList();

    assertThat(kinds).startsWith("CustomResourceDefinition", "Namespace").endsWith("Deployment");
    assertThat(kinds).filteredOn("ValidatingAdmissionPolicy"::equals).hasSize(8);
    assertThat(kinds).filteredOn("MutatingAdmissionPolicy"::equals).hasSize(8);
  }

  @Test
  void theImageIsSetOnceForOperatorAndJobs(
      Cluster cluster, KubernetesClient client, @TempDir Path folder) throws IOException {
    copy(InstalledGate.deploy().resolveSibling("crds"), folder.resolve("crds"));
    copy(InstalledGate.deploy(), folder.resolve("deploy"));
    copy(InstalledGate.deploy().resolve("base"), folder.resolve("deploy/base"));
    var kustomization = folder.resolve("deploy/base/kustomization.yaml");
    var changed =
        Files.readString(kustomization)
            .replace("newName: localhost/schemaversion-operator", "newName: example.com/sv")
            .replace("newTag: dev", "newTag: \"1.0\"");
    Files.writeString(kustomization, changed);

    var container =
        rendered(cluster, client, folder.resolve("deploy"))
            .filter(Deployment.class::isInstance)
            .map(Deployment.class::cast)
            .map(d -> d.getSpec().getTemplate().getSpec().getContainers().get(0))
            .findFirst()
            .orElseThrow();

    assertThat(container.getImage()).isEqualTo("example.com/sv:1.0");
    assertThat(container.getEnv())
        .filteredOn(e -> e.getName().equals("SCHEMAVERSION_RUNNER_IMAGE"))
        .singleElement()
        .extracting("value")
        .isEqualTo("example.com/sv:1.0");
  }

  @Test
  void everythingShippedIsAcceptedByTheApiServerWithoutAWarning(Cluster cluster) {
    var folder = InstalledGate.deploy().toString();

    var answer =
        new Kubectl(cluster)
            .attempt(
                "apply", "--server-side", "--force-conflicts", "--dry-run=server", "-k", folder);

    assertThat(answer.exit()).as(answer.err()).isZero();
    assertThat(answer.err()).doesNotContain("would violate", "unknown field");
  }

  /** The API server checks the types of expressions in the background, and reports errors here. */
  @Test
  void theValidatingPoliciesHaveNoTypeErrors(KubernetesClient client) {
    await("the types are checked").until(() -> validating(client).allMatch(InstallTest::checked));

    assertThat(validating(client)).hasSize(8).flatMap(InstallTest::warnings).isEmpty();
  }

  private static Stream<ValidatingAdmissionPolicy> validating(KubernetesClient client) {
    var all = client.admissionRegistration().v1().validatingAdmissionPolicies().list();
    return all.getItems().stream()
        .filter(policy -> policy.getMetadata().getName().startsWith("schemaversion-"));
  }

  private static boolean checked(ValidatingAdmissionPolicy policy) {
    var status = policy.getStatus();
    return status != null
        && policy.getMetadata().getGeneration().equals(status.getObservedGeneration());
  }

  private static List<String> warnings(ValidatingAdmissionPolicy policy) {
    var checking = policy.getStatus().getTypeChecking();
    return checking == null
        ? List.of()
        : checking.getExpressionWarnings().stream().map(ExpressionWarning::getWarning).toList();
  }

  @ParameterizedTest(name = "{0} {2} of group {1}: {3}")
  @CsvSource({
    "list, schemaversion.dev, schemaversions, true",
    "delete, schemaversion.dev, schemaversions, false",
    "create, schemaversion.dev, schemaversions, false",
    "patch, schemaversion.dev, schemaversions/status, true",
    "create, batch, jobs, true",
    "list, '', configmaps, true",
    "update, '', configmaps, false",
    "delete, '', pods, true",
    "create, '', pods, false",
    "create, '', pods/exec, false",
    "get, '', pods/log, false",
    "get, '', secrets, false",
    "list, '', secrets, false",
    "watch, '', secrets, false",
    "patch, apps, deployments, true",
    "update, apps, deployments, false",
    "delete, apps, deployments, false",
    "create, apps, deployments, false",
    "create, events.k8s.io, events, true",
    "create, '', serviceaccounts/token, false",
    "create, coordination.k8s.io, leases, false"
  })
  void theOperatorMayInAnyNamespace(
      String verb, String group, String resource, boolean allowed, KubernetesClient client) {
    var parts = resource.split("/");
    var question =
        new ResourceAttributesBuilder()
            .withNamespace("default")
            .withVerb(verb)
            .withGroup(group)
            .withResource(parts[0])
            .withSubresource(parts.length > 1 ? parts[1] : null)
            .build();

    assertThat(may(client, question)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "get, schemaversion-operator, true",
    "create, , true",
    "update, schemaversion-operator, true",
    "patch, schemaversion-operator, true",
    "delete, schemaversion-operator, false",
    "update, another, false"
  })
  void theOperatorMayWithLeasesInItsOwnNamespace(
      String verb, String name, boolean allowed, KubernetesClient client) {
    var question =
        new ResourceAttributesBuilder()
            .withNamespace(InstalledGate.SYSTEM)
            .withVerb(verb)
            .withGroup("coordination.k8s.io")
            .withResource("leases")
            .withName(name)
            .build();

    assertThat(may(client, question)).isEqualTo(allowed);
  }

  @Test
  void noRuleHasAWildcard(Cluster cluster, KubernetesClient client) {
    var rules =
        rendered(cluster, client, InstalledGate.deploy())
            .filter(ClusterRole.class::isInstance)
            .flatMap(role -> ((ClusterRole) role).getRules().stream())
            .toList();

    assertThat(rules).isNotEmpty().noneMatch(InstallTest::hasWildcard);
  }

  private static boolean hasWildcard(PolicyRule rule) {
    return Stream.of(rule.getApiGroups(), rule.getResources(), rule.getVerbs())
        .flatMap(List::stream)
        .anyMatch(word -> word.contains("*"));
  }

  private static boolean may(KubernetesClient client, ResourceAttributes attributes) {
    var question =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withResourceAttributes(attributes)
            .endSpec()
            .build();
    try (var operator = Operator.impersonated(client)) {
      return operator
          .authorization()
          .v1()
          .selfSubjectAccessReview()
          .create(question)
          .getStatus()
          .getAllowed();
    }
  }

  private static Stream<HasMetadata> rendered(
      Cluster cluster, KubernetesClient client, Path folder) {
    var manifests = new Kubectl(cluster).run("kustomize", folder.toString());
    return client
        .load(new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)))
        .items()
        .stream();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
