package dev.schemaversion.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.schemaversion.e2e.Kubectl;
import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.clients.Clients;
import dev.schemaversion.e2e.cluster.Checkout;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each major version of Helm renders the shipped manifests with the values inserted. */
@ExtendWith(OnCluster.class)
class ChartRenderTest {
  private static final String POLICY_API =
      "admissionregistration.k8s.io/v1/MutatingAdmissionPolicy";

  private static final String EARLIER_POLICY_API =
      "admissionregistration.k8s.io/v1beta1/MutatingAdmissionPolicy";

  @EachHelm
  void theDefaultValuesRenderTheKustomizationForTheClustersApi(int major, Cluster cluster) {
    assertRendered("deploy", major, cluster, "--api-versions", POLICY_API);
    assertRendered(
        "deploy",
        major,
        cluster,
        "--api-versions",
        EARLIER_POLICY_API,
        "--api-versions",
        POLICY_API);
    assertRendered(
        "deploy/overlays/kubernetes-1.34", major, cluster, "--api-versions", EARLIER_POLICY_API);
    assertRendered("deploy/overlays/kubernetes-1.30", major, cluster, "--kube-version", "1.30.0");
  }

  private static void assertRendered(String folder, int major, Cluster cluster, String... options) {
    var shipped = normal(Chart.objects(kustomized(cluster, folder)));
    // Helm wants the namespace before it installs anything in it.
    assertThat(shipped.remove("Namespace " + Chart.NAMESPACE)).isNotNull();

    assertThat(normal(Chart.rendered(major, cluster, options)))
        .as(folder)
        .containsExactlyInAnyOrderEntriesOf(shipped);
  }

  @EachHelm
  void theModeOfTheGateCanBeSet(int major, Cluster cluster) {
    assertRendered("deploy", major, cluster, "--set", "policies=Mutating");
    assertRendered(
        "deploy/overlays/kubernetes-1.34", major, cluster, "--set", "policies=MutatingV1beta1");
    assertRendered(
        "deploy/overlays/kubernetes-1.30",
        major,
        cluster,
        "--set",
        "policies=PodTemplate",
        "--api-versions",
        POLICY_API);
    assertThat(
            Chart.rendered(major, cluster, "--set", "policies=None", "--api-versions", POLICY_API)
                .keySet())
        .anyMatch(object -> object.startsWith("ValidatingAdmissionPolicy schemaversion-bind-"))
        .noneMatch(object -> object.startsWith("MutatingAdmissionPolicy"))
        .noneMatch(object -> object.startsWith("ValidatingAdmissionPolicy schemaversion-refuse-"));
  }

  @EachHelm
  void theCrdIsKeptByAnUninstallation(int major, Cluster cluster) {
    var definition =
        Chart.rendered(major, cluster)
            .get("CustomResourceDefinition schemaversions.schemaversion.dev");

    assertThat(definition.getMetadata().getAnnotations())
        .isEqualTo(Map.of("helm.sh/resource-policy", "keep"));
  }

  @EachHelm
  void thePoliciesIdentifyTheOperatorInAnotherNamespace(int major, Cluster cluster) {
    var helm = Clients.helm(major, cluster, "elsewhere");

    var text = helm.run(Chart.template("--api-versions", POLICY_API));

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

    var rendered =
        Chart.helm(major, cluster)
            .run(
                Chart.template(
                    "--set=image.repository=registry.example.org:5000/sv,image.digest=" + digest,
                    "--set=image.pullPolicy=Always,imagePullSecrets[0].name=pull",
                    "--set=watch.namespaces={orders,billing}",
                    "--set=replicas=3,resources.limits.memory=512Mi,scratch.defaultMajor=16",
                    "--set=maxJobs=40,maxJobsPerNamespace=5,maxJobsPerServer=0,metrics=Problems",
                    "--set=scratch.images=mirror/postgres:16",
                    "--set=scratch.mariadb.images=mirror/mariadb:{major}",
                    "--set-string=scratch.mariadb.defaultMajor=11.8",
                    "--set-string=scratch.mysql.defaultMajor=9.7",
                    "--set=scratch.extensions={bloom,postgres_fdw},scratch.superuser=true",
                    "--set=priorityClassName=,nodeSelector.disk=fast",
                    "--set=tolerations[0].operator=Exists",
                    "--set-json=affinity={\"nodeAffinity\":{}}",
                    "--set=podLabels.team=db,podAnnotations.note=seen",
                    "--set=podLabels.app\\.kubernetes\\.io/name=another"));

    // Roles of two namespaces have the same name.
    var deployment =
        (Deployment)
            Chart.objectsByNamespace(rendered)
                .get("Deployment " + Chart.NAMESPACE + "/" + Chart.NAME);

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
            tuple("SCHEMAVERSION_MAX_JOBS", "40"),
            tuple("SCHEMAVERSION_MAX_JOBS_PER_NAMESPACE", "5"),
            tuple("SCHEMAVERSION_MAX_JOBS_PER_SERVER", "0"),
            tuple("SCHEMAVERSION_METRICS", "Problems"),
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
        Chart.rendered(
            major,
            cluster,
            "--set=podMonitor.enabled=true,podMonitor.labels.release=prometheus",
            "--set=prometheusRule.enabled=true,networkPolicy.enabled=true",
            "--set-json=networkPolicy.metricsFrom=[{\"namespaceSelector\":{}}]",
            "--set=podDisruptionBudget.enabled=false,logLevel=DEBUG,logFormat=json",
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
            tuple("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true"),
            tuple("HTTPS_PROXY", "http://proxy:3128"));
  }

  @EachHelm
  void invalidValuesAreRejectedByName(int major, Cluster cluster) {
    for (var wrong :
        List.of(
            "replicas=many",
            "replica=2",
            "maxJobs=-1",
            "metrics=None",
            "policies=Sometimes",
            "scratch.defaultMajor=9",
            "scratch.mariadb.defaultMajor=11",
            "image.digest=latest",
            "image.tag=",
            "resources.limit.memory=1Gi",
            "podLabels.a.b=c",
            "logLevel=LOUD",
            "logFormat=xml",
            "podMonitor.interval=often",
            "serviceMonitor.interval=often",
            "grafanaDashboard.folder=db",
            "watch.namespaces={Orders}",
            "watch.namespaces={a,a}",
            "clusterScoped=false")) {
      var answer = Chart.helm(major, cluster).attempt(Chart.template("--set", wrong));

      assertThat(answer.exit()).as(wrong).isNotZero();
      assertThat(answer.err()).contains(wrong.split("[.=]")[0]);
    }
  }

  @EachHelm
  void aStrictLintPasses(int major, Cluster cluster) {
    assertThat(Chart.helm(major, cluster).run("lint", "--strict", Chart.folder().toString()))
        .contains("0 chart(s) failed");
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
