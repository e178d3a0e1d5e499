package dev.schemaversion.docs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.decide.SimulatedCluster;
import dev.schemaversion.decide.SimulatedClusters;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** What kubectl prints of the resource of a simulated cluster, with the columns of the CRD. */
final class Kubectl {
  private static final Path CRD = Path.of("crds", "schemaversions.schemaversion.dev.yaml");
  private static final Pattern CONDITION =
      Pattern.compile("[.]status[.]conditions\\[\\?\\(@[.]type=='(\\w+)'\\)][.](\\w+)");
  private static final KubernetesSerialization JSON = new KubernetesSerialization();
  private static final String GAP = "   ";

  private Kubectl() {}

  /** {@code kubectl get sv} of a resource that was created when simulated clusters begin. */
  static String get(SimulatedCluster cluster) {
    var resource = JSON.convertValue(cluster.resource(), JsonNode.class);
    var head = new StringBuilder();
    var row = new StringBuilder();
    var columns = new ArrayList<List<String>>();
    columns.add(List.of("NAME", cluster.resource().getMetadata().getName()));
    var version =
        JSON.unmarshal(Pages.read(CRD), CustomResourceDefinition.class)
            .getSpec()
            .getVersions()
            .getFirst();
    for (var column : version.getAdditionalPrinterColumns()) {
      columns.add(
          List.of(
              column.getName(),
              column.getType().equals("date")
                  ? age(cluster.now())
                  : value(resource, column.getJsonPath())));
    }
    for (var column : columns) {
      var width = Math.max(column.getFirst().length(), column.getLast().length());
      head.append(padded(column.getFirst(), width));
      row.append(padded(column.getLast(), width));
    }
    return "$ kubectl get sv\n" + head.toString().strip() + "\n" + row.toString().strip() + "\n";
  }

  /** The message of a condition. */
  static String message(SimulatedCluster cluster, ConditionType type) {
    return """
        $ kubectl get sv glance -o jsonpath='{.status.conditions[?(@.type=="%s")].message}'
        %s
        """
        .formatted(type, cluster.condition(type).getMessage());
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(width - cell.length()) + GAP;
  }

  private static String value(JsonNode resource, String path) {
    var condition = CONDITION.matcher(path);
    if (condition.matches()) {
      return StreamSupport.stream(resource.at("/status/conditions").spliterator(), false)
          .filter(each -> each.path("type").asText().equals(condition.group(1)))
          .map(each -> each.path(condition.group(2)).asText())
          .findFirst()
          .orElse("");
    }
    return resource.at(path.replace('.', '/')).asText("");
  }

  private static String age(Instant now) {
    var age = Duration.between(SimulatedClusters.NOW, now);
    return age.toMinutes() < 2 ? age.toSeconds() + "s" : age.toMinutes() + "m";
  }
}
