package dev.schemaversion.docs;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/reference/resource.md is made from the CRD. */
class ResourceReferenceTest {
  private static final Path CRD = Path.of("crds", "schemaversions.schemaversion.dev.yaml");
  private static final Path PAGE = Path.of("docs", "reference", "resource.md");

  /** Kubernetes' own types, which have their own documentation. */
  private static final Set<String> OF_KUBERNETES =
      Set.of("affinity", "tolerations", "resources", "conditions", "imagePullSecrets");

  private final StringBuilder page = new StringBuilder();

  @Test
  void theReferenceOfTheResourceIsCurrent() {
    var crd = Serialization.unmarshal(Pages.read(CRD), CustomResourceDefinition.class);
    var version = crd.getSpec().getVersions().getFirst();
    var schema = version.getSchema().getOpenAPIV3Schema();
    page.append(
        """
        # The resource

        <!-- Generated from crds/ by `make reference`; do not edit. -->
        `kind: %s`, `apiVersion: %s/%s`, short name `%s`. %s
        `kubectl explain sv.spec --recursive` shows the same on a cluster.
        [The annotations and labels](../gate-workloads.md#labels-and-annotations) of workloads are on a page of their own.
        """
            .formatted(
                crd.getSpec().getNames().getKind(),
                crd.getSpec().getGroup(),
                version.getName(),
                crd.getSpec().getNames().getShortNames().getFirst(),
                schema.getDescription()));
    section("spec", schema.getProperties().get("spec"));
    section("status", schema.getProperties().get("status"));

    Pages.requireCurrent(PAGE, page.toString());
  }

  private void section(String name, JSONSchemaProps schema) {
    page.append("\n## ").append(name).append("\n\n").append(schema.getDescription()).append("\n\n");
    page.append("| field | type | default | description |\n|---|---|---|---|\n");
    fields("", schema);
  }

  private void fields(String prefix, JSONSchemaProps parent) {
    properties(parent)
        .forEach(
            (name, field) -> {
              var path = prefix + name;
              page.append(
                  "| `%s` | %s | %s | %s |\n"
                      .formatted(path, type(field), def(field), text(field, parent, name)));
              if (!OF_KUBERNETES.contains(name)) {
                fields(path + ".", field);
              }
            });
  }

  /** Those of the items, for a list of objects. */
  private static Map<String, JSONSchemaProps> properties(JSONSchemaProps schema) {
    var of = schema.getItems() == null ? schema : schema.getItems().getSchema();
    return of.getProperties() == null ? Map.of() : new TreeMap<>(of.getProperties());
  }

  private static String type(JSONSchemaProps field) {
    if (field.getEnum() != null && !field.getEnum().isEmpty()) {
      return field.getEnum().stream()
          .map(value -> "`" + value.asText() + "`")
          .collect(Collectors.joining(", "));
    }
    if (Boolean.TRUE.equals(field.getXKubernetesIntOrString())) {
      return "integer or string";
    }
    return field.getItems() == null ? field.getType() : "list";
  }

  private static String def(JSONSchemaProps field) {
    var value = field.getDefault();
    return value == null ? "" : "`" + (value.isTextual() ? value.asText() : value) + "`";
  }

  private static String text(JSONSchemaProps field, JSONSchemaProps parent, String name) {
    var required = parent.getRequired() != null && parent.getRequired().contains(name);
    var text = field.getDescription() == null ? "" : field.getDescription();
    return ((required ? "**Required.** " : "") + text)
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace("*", "\\*")
        .replace("\\*\\*Required.\\*\\*", "**Required.**");
  }
}
