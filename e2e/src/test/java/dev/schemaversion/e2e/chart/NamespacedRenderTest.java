package dev.schemaversion.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.e2e.OnCluster;
import dev.schemaversion.e2e.cluster.Cluster;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;

/** With watched namespaces, the chart gives the operator rights in these alone. */
@ExtendWith(OnCluster.class)
class NamespacedRenderTest {
  @EachHelm
  void inWatchedNamespacesTheOperatorHasRolesAndTheGateHoldsThere(int major, Cluster cluster) {
    var text =
        Chart.helm(major, cluster)
            .run(Chart.template("--set=policies=Mutating,watch.namespaces={orders,billing}"));
    var objects = Chart.objectsByNamespace(text);

    assertThat(objects.keySet())
        .filteredOn(object -> object.startsWith("ClusterRole"))
        .as("the right to see which policies are installed")
        .containsExactly(
            "ClusterRole " + Chart.NAME + "-policies",
            "ClusterRoleBinding " + Chart.NAME + "-policies");
    for (var namespace : List.of("orders", "billing")) {
      for (var name : List.of(Chart.NAME + "-watched", Chart.NAME + "-written")) {
        var role = (Role) objects.get("Role " + namespace + "/" + name);
        var shipped = (ClusterRole) Chart.rendered(major, cluster).get("ClusterRole " + name);
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
    var watched = "--set=policies=Mutating,watch.namespaces={orders}";

    var rendered = Chart.rendered(major, cluster, watched, "--set=clusterScoped=false");

    var clusterScoped = List.of("CustomResourceDefinition", "Admission", "ClusterRole");
    assertThat(rendered.keySet())
        .contains("Deployment " + Chart.NAME, "Role " + Chart.NAME + "-watched")
        .noneMatch(object -> clusterScoped.stream().anyMatch(object::contains));
    var administrators =
        Chart.helm(major, cluster)
            .run(
                Chart.template(
                    watched,
                    "--show-only=templates/crd.yaml",
                    "--show-only=templates/policies.yaml"));
    var together = new TreeMap<>(rendered);
    together.putAll(Chart.objects(administrators));
    assertThat(together.keySet()).isEqualTo(Chart.rendered(major, cluster, watched).keySet());
  }
}
