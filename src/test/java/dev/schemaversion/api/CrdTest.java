package dev.schemaversion.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed CRD is generated from the Java types; {@code make crds} writes it. */
class CrdTest {
  private static final Path COMMITTED = Path.of("crds", "schemaversions.schemaversion.dev.yaml");

  private static final List<String> COLUMNS =
      List.of(
          "VERSION",
          "WANTED",
          "READY",
          "REASON",
          "HELD",
          "AGE",
          "ACTIVITY",
          "SCRIPT",
          "OF",
          "SINCE",
          "WAITS FOR");

  /** Beyond that, JSON parsers round. A longer version is written as text. */
  private static final double MOST = 999_999_999_999_999.0;

  @TempDir Path folder;

  @Test
  void theCommittedCrdIsUpToDate() throws IOException {
    var generated = withWholeNumbers(Serialization.asYaml(finished(generated())));

    if (Boolean.getBoolean("crds.write")) {
      Files.writeString(COMMITTED, generated);
    }
    assertThat(COMMITTED).as("run 'make crds' and commit the result").hasContent(generated);
  }

  @Test
  void everyFieldHasADescription() throws IOException {
    var unexplained = new ArrayList<String>();
    var properties = schema(finished(generated())).getProperties();
    unexplained("spec", properties.get("spec"), unexplained);
    unexplained("status", properties.get("status"), unexplained);

    assertThat(unexplained).isEmpty();
  }

  private static void unexplained(String path, JSONSchemaProps schema, List<String> found) {
    // Below these stand Kubernetes' own types, and items of lists have no place for a text.
    if (List.of("resources", "affinity", "tolerations", "imagePullSecrets", "conditions")
        .contains(path.substring(path.lastIndexOf('.') + 1))) {
      return;
    }
    if (schema.getDescription() == null && path.contains(".")) {
      found.add(path);
    }
    children(schema).forEach((name, child) -> unexplained(path + "." + name, child, found));
  }

  private static Map<String, JSONSchemaProps> children(JSONSchemaProps schema) {
    var children = new TreeMap<String, JSONSchemaProps>();
    if (schema.getProperties() != null) {
      children.putAll(schema.getProperties());
    }
    if (schema.getItems() != null && schema.getItems().getSchema() != null) {
      children.putAll(children(schema.getItems().getSchema()));
    }
    return children;
  }

  private CustomResourceDefinition generated() throws IOException {
    var files =
        new CRDGenerator()
            .customResourceClasses(SchemaVersion.class)
            .forCRDVersions("v1")
            .inOutputDir(folder.toFile())
            .detailedGenerate()
            .getCRDDetailsPerNameAndVersion()
            .values();
    var file = files.iterator().next().values().iterator().next().getFilePath();
    return Serialization.unmarshal(Files.readString(Path.of(file)), CustomResourceDefinition.class);
  }

  /** Writes integers like the API server, so that applying the file again changes nothing. */
  private static String withWholeNumbers(String yaml) {
    return Pattern.compile("(?m)(?<=^ {0,40}m(?:in|ax)imum: )[0-9.E]+$")
        .matcher(yaml)
        .replaceAll(number -> new BigDecimal(number.group()).toBigInteger().toString());
  }

  /** What annotations cannot say. */
  private static CustomResourceDefinition finished(CustomResourceDefinition crd) {
    crd.getMetadata().setManagedFields(null);
    crd.getSpec().getNames().setCategories(List.of("all"));
    var columns = crd.getSpec().getVersions().getFirst().getAdditionalPrinterColumns();
    columns.sort(Comparator.comparing(column -> COLUMNS.indexOf(column.getName())));
    // The default, which the API server leaves out.
    columns.stream()
        .filter(column -> Objects.equals(column.getPriority(), 0))
        .forEach(column -> column.setPriority(null));
    var properties = schema(crd).getProperties();
    schema(crd)
        .setDescription(
            "Declares the schema version that a database must have. The operator migrates the database to"
                + " this version with Flyway, and holds the roll-outs of all workloads that require"
                + " the version until it is proven.");
    schema(crd).setRequired(List.of("spec"));
    var status = properties.get("status");
    status.setDescription("The observed state of the database, and the progress towards the spec.");
    var spec = properties.get("spec");
    spec.setDescription("The desired state of the database.");
    intOrText(spec.getProperties().get("version"));
    intOrText(spec.getProperties().get("baseline").getProperties().get("version"));
    // Tools must not read a resource before its first reconciliation as finished.
    status.setDefault(
        Serialization.unmarshal(
            "{\"observedGeneration\": -1}", com.fasterxml.jackson.databind.JsonNode.class));
    var conditions = status.getProperties().get("conditions");
    conditions.setXKubernetesListType("map");
    conditions.setXKubernetesListMapKeys(List.of("type"));
    conditions.getItems().getSchema().setRequired(List.of("type", "status", "reason"));
    return crd;
  }

  /** {@code version: 13} is what people write first. The pattern and the minimum see one each. */
  private static void intOrText(JSONSchemaProps version) {
    version.setType(null);
    version.setXKubernetesIntOrString(true);
    version.setMinimum(0.0);
    version.setMaximum(MOST);
  }

  private static JSONSchemaProps schema(HasMetadata crd) {
    return ((CustomResourceDefinition) crd)
        .getSpec()
        .getVersions()
        .getFirst()
        .getSchema()
        .getOpenAPIV3Schema();
  }
}
