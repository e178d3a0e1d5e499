package dev.schemaversion.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.clients.Helm;
import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each major version of Helm renders the shipped manifests with the values inserted. */
@ExtendWith(OnCluster.class)
class ChartRenderTest {
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest(name = "Helm {0}")
  @ValueSource(ints = {3, 4})
  private @interface EachHelm {}

  private static final String POLICY_API =
      "admissionregistration.k8s.io/v1/MutatingAdmissionPolicy";

  @EachHelm
  void theDefaultValuesRenderTheKustomization(int major, Cluster cluster) {
    var shipped = normal(Chart.objects(kustomized(cluster, "deploy")));
    // Helm wants the namespace before it installs anything in it.
    assertThat(shipped.remove("Namespace " + Chart.NAMESPACE)).isNotNull();

    assertThat(normal(rendered(major, cluster, "--api-versions", POLICY_API)))
        .containsExactlyInAnyOrderEntriesOf(shipped);
  }

  @EachHelm
  void withoutThePolicyApiThePoliciesAreOmitted(int major, Cluster cluster) {
    var shipped = normal(Chart.objects(kustomized(cluster, "deploy/overlays/without-policies")));
    shipped.remove("Namespace " + Chart.NAMESPACE);

    var rendered = normal(rendered(major, cluster, "--kube-version", "1.30.0"));

    assertThat(rendered).containsExactlyInAnyOrderEntriesOf(shipped);
    assertThat(rendered.keySet())
        .isNotEmpty()
        .noneMatch(object -> object.startsWith("MutatingAdmissionPolicy"));
  }

  @EachHelm
  void thePoliciesCanBeForcedOrOmitted(int major, Cluster cluster) {
    assertThat(rendered(major, cluster, "--set", "policies=Always"))
        .containsKey("MutatingAdmissionPolicy schemaversion-hold-rollouts");
    assertThat(
            rendered(major, cluster, "--set", "policies=Never", "--api-versions", POLICY_API)
                .keySet())
        .noneMatch(object -> object.startsWith("MutatingAdmissionPolicy"));
  }

  @EachHelm
  void theCrdIsKeptByAnUninstallation(int major, Cluster cluster) {
    var definition =
        rendered(major, cluster).get("CustomResourceDefinition schemaversions.schemaversion.dev");

    assertThat(definition.getMetadata().getAnnotations())
        .isEqualTo(Map.of("helm.sh/resource-policy", "keep"));
  }

  @EachHelm
  void thePoliciesIdentifyTheOperatorInAnotherNamespace(int major, Cluster cluster) {
    var helm = new Helm(major, cluster, "elsewhere");

    var text = helm.run(template("--api-versions", POLICY_API));

    assertThat(text)
        .contains("system:serviceaccount:elsewhere:" + Chart.NAME)
        .doesNotContain(Chart.NAMESPACE);
    assertThat(Chart.objects(text).values())
        .extracting(object -> object.getMetadata().getNamespace())
        .containsOnly("elsewhere", null);
  }

  @EachHelm
  void theValuesAreRenderedInTheDeployment(int major, Cluster cluster) {
    var digest = "sha256:" + "0123456789abcdef".repeat(4);

    var deployment =
        (Deployment)
            rendered(
                    major,
                    cluster,
                    "--set=image.repository=registry.example.org:5000/sv,image.digest=" + digest,
                    "--set=image.pullPolicy=Always,imagePullSecrets[0].name=pull",
                    "--set=watch.namespaces={orders,billing}",
                    "--set=replicas=3,resources.limits.memory=512Mi,scratch.defaultMajor=16",
                    "--set=scratch.images=mirror/postgres:16",
                    "--set=scratch.mariadb.images=mirror/mariadb:{major}",
                    "--set-string=scratch.mariadb.defaultMajor=11.8",
                    "--set-string=scratch.mysql.defaultMajor=9.7",
                    "--set=scratch.extensions={bloom,postgres_fdw},scratch.superuser=true",
                    "--set=priorityClassName=,nodeSelector.disk=fast",
                    "--set=tolerations[0].operator=Exists",
                    "--set-json=affinity={\"nodeAffinity\":{}}",
                    "--set=podLabels.team=db,podAnnotations.note=seen",
                    "--set=podLabels.app\\.kubernetes\\.io/name=another")
                .get("Deployment " + Chart.NAME);

    var pod = deployment.getSpec().getTemplate();
    var container = pod.getSpec().getContainers().getFirst();
    assertThat(container.getImage()).isEqualTo("registry.example.org:5000/sv@" + digest);
    assertThat(container.getImagePullPolicy()).isEqualTo("Always");
    assertThat(container.getEnv())
        .filteredOn(variable -> variable.getName().startsWith("SCHEMAVERSION_"))
        .extracting("name", "value")
        .containsExactly(
            tuple("SCHEMAVERSION_RUNNER_IMAGE", "registry.example.org:5000/sv@" + digest),
            tuple("SCHEMAVERSION_NAMESPACES", "orders,billing"),
            tuple("SCHEMAVERSION_SCRATCH_IMAGES", "mirror/postgres:16"),
            tuple("SCHEMAVERSION_SCRATCH_DEFAULT_MAJOR", "16"),
            tuple("SCHEMAVERSION_SCRATCH_MARIADB_IMAGES", "mirror/mariadb:{major}"),
            tuple("SCHEMAVERSION_SCRATCH_MARIADB_DEFAULT_MAJOR", "11.8"),
            tuple("SCHEMAVERSION_SCRATCH_MYSQL_IMAGES", "mysql:{major}"),
            tuple("SCHEMAVERSION_SCRATCH_MYSQL_DEFAULT_MAJOR", "9.7"),
            tuple("SCHEMAVERSION_SCRATCH_EXTENSIONS", "bloom,postgres_fdw"),
            tuple("SCHEMAVERSION_SCRATCH_SUPERUSER", "true"));
    assertThat(container.getResources().getLimits().get("memory")).hasToString("512Mi");
    assertThat(deployment.getSpec().getReplicas()).isEqualTo(3);
    assertThat(pod.getSpec().getImagePullSecrets()).extracting("name").containsExactly("pull");
    assertThat(pod.getSpec().getPriorityClassName()).isNull();
    assertThat(pod.getSpec().getNodeSelector()).isEqualTo(Map.of("disk", "fast"));
    assertThat(pod.getSpec().getTolerations()).hasSize(1);
    assertThat(pod.getSpec().getAffinity().getNodeAffinity()).isNotNull();
    assertThat(pod.getMetadata().getAnnotations()).containsEntry("note", "seen");
    assertThat(pod.getMetadata().getLabels())
        .containsEntry("team", "db")
        .as("what the Deployment selects by")
        .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
  }

  @EachHelm
  void whatIsOptionalIsRenderedOnRequest(int major, Cluster cluster) {
    var rendered =
        rendered(
            major,
            cluster,
            "--set=podMonitor.enabled=true,podMonitor.labels.release=prometheus",
            "--set=prometheusRule.enabled=true,networkPolicy.enabled=true",
            "--set-json=networkPolicy.metricsFrom=[{\"namespaceSelector\":{}}]",
            "--set=podDisruptionBudget.enabled=false,logLevel=DEBUG",
            "--set=extraEnv[0].name=HTTPS_PROXY,extraEnv[0].value=http://proxy:3128");

    assertThat(rendered)
        .containsKeys("PodMonitor " + Chart.NAME, "PrometheusRule " + Chart.NAME)
        .doesNotContainKey("PodDisruptionBudget " + Chart.NAME);
    assertThat(rendered.get("PodMonitor " + Chart.NAME).getMetadata().getLabels())
        .containsEntry("release", "prometheus");
    var policy = (NetworkPolicy) rendered.get("NetworkPolicy " + Chart.NAME);
    assertThat(policy.getSpec().getIngress().getFirst().getFrom()).hasSize(1);
    var operator =
        ((Deployment) rendered.get("Deployment " + Chart.NAME))
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst();
    assertThat(operator.getEnv())
        .extracting("name", "value")
        .contains(
            tuple("QUARKUS_LOG_CATEGORY__DEV_SCHEMAVERSION__LEVEL", "DEBUG"),
            tuple("HTTPS_PROXY", "http://proxy:3128"));
  }

  @EachHelm
  void inWatchedNamespacesTheOperatorHasRolesAndTheGateHoldsThere(int major, Cluster cluster) {
    var text =
        helm(major, cluster)
            .run(template("--set=policies=Always,watch.namespaces={orders,billing}"));
    var objects = Chart.objectsByNamespace(text);

    assertThat(objects.keySet()).noneMatch(object -> object.startsWith("ClusterRole"));
    for (var namespace : List.of("orders", "billing")) {
      for (var name : List.of(Chart.NAME + "-watched", Chart.NAME + "-written")) {
        var role = (Role) objects.get("Role " + namespace + "/" + name);
        var shipped = (ClusterRole) rendered(major, cluster).get("ClusterRole " + name);
        assertThat(role.getRules())
            .isEqualTo(
                shipped.getRules().stream()
                    .filter(rule -> !rule.getApiGroups().contains("admissionregistration.k8s.io"))
                    .toList());
        var binding = (RoleBinding) objects.get("RoleBinding " + namespace + "/" + name);
        assertThat(binding.getRoleRef().getKind()).isEqualTo("Role");
        assertThat(binding.getRoleRef().getName()).isEqualTo(name);
        assertThat(binding.getSubjects().getFirst().getNamespace()).isEqualTo(Chart.NAMESPACE);
      }
    }
    var bindings =
        objects.values().stream()
            .filter(object -> object.getKind().endsWith("AdmissionPolicyBinding"))
            .map(object -> Serialization.jsonMapper().<JsonNode>valueToTree(object))
            .toList();
    assertThat(bindings)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            binding -> {
              var component = binding.at("/metadata/labels/app.kubernetes.io~1component").asText();
              assertThat(
                      binding.at(
                          "/spec/matchResources/namespaceSelector/matchExpressions/0/values"))
                  .extracting(JsonNode::asText)
                  .as(binding.at("/metadata/name").asText())
                  .isEqualTo(component.equals("gate") ? List.of("orders", "billing") : List.of());
            });
  }

  @EachHelm
  void whatIsClusterScopedCanBeLeftToAnAdministrator(int major, Cluster cluster) {
    var watched = "--set=policies=Always,watch.namespaces={orders}";

    var rendered = rendered(major, cluster, watched, "--set=clusterScoped=false");

    var clusterScoped = List.of("CustomResourceDefinition", "Admission", "ClusterRole");
    assertThat(rendered.keySet())
        .contains("Deployment " + Chart.NAME, "Role " + Chart.NAME + "-watched")
        .noneMatch(object -> clusterScoped.stream().anyMatch(object::contains));
    var administrators =
        helm(major, cluster)
            .run(
                template(
                    watched,
                    "--show-only=templates/crd.yaml",
                    "--show-only=templates/policies.yaml"));
    var together = new TreeMap<>(rendered);
    together.putAll(Chart.objects(administrators));
    assertThat(together.keySet()).isEqualTo(rendered(major, cluster, watched).keySet());
  }

  @EachHelm
  void helmTestCreatesAWorkloadThatIsHeldAndAPodThatWaitsForTheReport(int major, Cluster cluster) {
    var name = "schemaversion-operator-test";

    var tests = tests(major, cluster, "--set=policies=Always,networkPolicy.enabled=true");

    assertThat(tests.keySet())
        .containsExactlyInAnyOrder(
            "Deployment " + name,
            "NetworkPolicy " + name,
            "Pod " + name,
            "SchemaVersion " + name,
            "Service " + name);
    assertThat(tests.values())
        .allSatisfy(
            object ->
                assertThat(object.getMetadata().getAnnotations())
                    .containsEntry("helm.sh/hook", "test")
                    .containsEntry(
                        "helm.sh/hook-delete-policy", "before-hook-creation,hook-succeeded"));
    var held = ((Deployment) tests.get("Deployment " + name)).getSpec().getTemplate();
    assertThat(held.getMetadata().getLabels()).containsEntry("schemaversion.dev/requires", name);
    assertThat(held.getSpec().getSchedulingGates()).as("the policies hold it").isEmpty();
    var test = ((Pod) tests.get("Pod " + name)).getSpec();
    assertThat(test.getAutomountServiceAccountToken()).isFalse();
    assertThat(test.getContainers().getFirst().getImage())
        .isEqualTo("localhost/schemaversion-operator:dev");
    for (var pod : List.of(test, held.getSpec())) {
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      var container = pod.getContainers().getFirst().getSecurityContext();
      assertThat(container.getAllowPrivilegeEscalation()).isFalse();
      assertThat(container.getReadOnlyRootFilesystem()).isTrue();
      assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
    }
  }

  @EachHelm
  void withoutThePoliciesTheTestsWorkloadHasASchedulingGate(int major, Cluster cluster) {
    var tests = tests(major, cluster, "--set=policies=Never");

    assertThat(tests).doesNotContainKey("NetworkPolicy schemaversion-operator-test");
    var held = (Deployment) tests.get("Deployment schemaversion-operator-test");
    assertThat(held.getSpec().getTemplate().getSpec().getSchedulingGates())
        .extracting("name")
        .containsExactly("schemaversion.dev/schema");
  }

  @EachHelm
  void invalidValuesAreRejectedByName(int major, Cluster cluster) {
    for (var wrong :
        List.of(
            "replicas=many",
            "replica=2",
            "policies=Sometimes",
            "scratch.defaultMajor=9",
            "scratch.mariadb.defaultMajor=11",
            "image.digest=latest",
            "image.tag=",
            "resources.limit.memory=1Gi",
            "podLabels.a.b=c",
            "logLevel=LOUD",
            "podMonitor.interval=often",
            "watch.namespaces={Orders}",
            "watch.namespaces={a,a}",
            "clusterScoped=false")) {
      var answer = helm(major, cluster).attempt(template("--set", wrong));

      assertThat(answer.exit()).as(wrong).isNotZero();
      assertThat(answer.err()).contains(wrong.split("[.=]")[0]);
    }
  }

  @EachHelm
  void aStrictLintPasses(int major, Cluster cluster) {
    assertThat(helm(major, cluster).run("lint", "--strict", Chart.folder().toString()))
        .contains("0 chart(s) failed");
  }

  private static Helm helm(int major, Cluster cluster) {
    return new Helm(major, cluster, Chart.NAMESPACE);
  }

  private static TreeMap<String, HasMetadata> rendered(
      int major, Cluster cluster, String... options) {
    return Chart.objects(helm(major, cluster).run(template(options)));
  }

  /** The objects of {@code helm test} alone. */
  private static TreeMap<String, HasMetadata> tests(int major, Cluster cluster, String option) {
    return Chart.objects(
        helm(major, cluster)
            .run(
                "template",
                Chart.NAME,
                Chart.folder().toString(),
                option,
                "--kube-version",
                "1.36.0",
                "--show-only",
                "templates/tests/installation.yaml"));
  }

  /** Where Helm does not ask a cluster, a Helm that was built without words says it is at 1.20. */
  private static String[] template(String... options) {
    var words =
        new ArrayList<>(List.of("template", Chart.NAME, Chart.folder().toString(), "--skip-tests"));
    words.addAll(List.of(options));
    if (!words.contains("--kube-version")) {
      words.addAll(List.of("--kube-version", "1.36.0"));
    }
    return words.toArray(String[]::new);
  }

  private static String kustomized(Cluster cluster, String folder) {
    return new Kubectl(cluster).run("kustomize", Checkout.root().resolve(folder).toString());
  }

  /** As JSON, without what only Helm understands, and without what kustomize does to long texts. */
  private static TreeMap<String, JsonNode> normal(Map<String, HasMetadata> objects) {
    var normal = new TreeMap<String, JsonNode>();
    objects.forEach(
        (name, object) -> {
          var tree = (ObjectNode) Serialization.jsonMapper().valueToTree(object);
          var metadata = (ObjectNode) tree.get("metadata");
          if (metadata.get("annotations") instanceof ObjectNode annotations) {
            annotations.remove("helm.sh/resource-policy");
            if (annotations.isEmpty()) {
              metadata.remove("annotations");
            }
          }
          normal.put(name, withoutBlankLines(tree));
        });
    return normal;
  }

  /** Kustomize puts a blank line into a folded text ({@code >-}) before indented lines. */
  private static JsonNode withoutBlankLines(JsonNode node) {
    if (node instanceof TextNode text) {
      return TextNode.valueOf(text.asText().replaceAll("\n+", "\n"));
    }
    if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(withoutBlankLines(field.getValue())));
    } else if (node instanceof ArrayNode array) {
      for (var i = 0; i < array.size(); i++) {
        array.set(i, withoutBlankLines(array.get(i)));
      }
    }
    return node;
  }
}
