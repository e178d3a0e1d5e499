package dev.schemaversion.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.docs.ChartValues.Value;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of the chart's values are made from the comments of values.yaml and its schema. */
class ChartValuesReferenceTest {
  private static final String SCHEMA =
      """
      {"properties": {
        "image": {"properties": {"tag": {"type": "string"}, "pull": {"enum": ["Always", "Never"]}}},
        "limits": {"$ref": "#/definitions/quantities"},
        "labels": {"type": "object"}},
       "definitions": {"quantities": {"additionalProperties": {"type": ["string", "number"]}}}}
      """;

  @ParameterizedTest
  @ValueSource(strings = {"charts/schemaversion-operator/README.md", "docs/operate.md"})
  void theTableOfValuesIsCurrent(String page) {
    Pages.requireCurrentPart(Path.of(page), "values", table(ChartValues.shipped()));
  }

  @Test
  void noValueIsLeftOut() {
    var text = Pages.read(Path.of("charts", "schemaversion-operator", "values.yaml"));
    var values = Serialization.unmarshal(text, JsonNode.class);
    var paths = new TreeSet<String>();
    values.properties().forEach(value -> paths(value.getKey(), value.getValue(), paths));

    assertThat(ChartValues.shipped())
        .extracting(Value::path)
        .containsExactlyInAnyOrderElementsOf(paths);
  }

  /** What is empty by default is a value itself. */
  private static void paths(String path, JsonNode value, Set<String> paths) {
    if (!value.isObject() || value.isEmpty()) {
      paths.add(path);
    } else {
      value.properties().forEach(each -> paths(path + "." + each.getKey(), each.getValue(), paths));
    }
  }

  @Test
  void everyValueHasAComment() {
    assertThat(ChartValues.shipped())
        .isNotEmpty()
        .allSatisfy(value -> assertThat(value.comment()).as(value.path()).isNotBlank());
  }

  @Test
  void aCommentDescribesTheValuesUpToTheNextCommentOrEmptyLine() {
    var values =
        ChartValues.of(
            """
            # Of the file.

            # The image,
            # in two lines.
            image:
              tag: dev
              # When.
              pull: Always
            limits:
              memory: 1Gi

            labels: {}
            """,
            SCHEMA);

    assertThat(values)
        .extracting(Value::path, Value::type, Value::comment)
        .containsExactly(
            tuple("image.tag", "string", "The image, in two lines."),
            tuple("image.pull", "`Always` or `Never`", "When."),
            tuple("limits.memory", "string or number", "The image, in two lines."),
            tuple("labels", "object", ""));
  }

  @Test
  void aValueThatTheSchemaDoesNotHaveIsAnError() {
    assertThatThrownBy(() -> ChartValues.of("other: 1\n", SCHEMA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("values.schema.json has no type of other");
  }

  /** Values that share a comment share a row. */
  private static String table(List<Value> values) {
    var rows = new LinkedHashMap<String, List<Value>>();
    values.forEach(
        value -> rows.computeIfAbsent(value.comment(), none -> new ArrayList<>()).add(value));
    return "| value | type | default | meaning |\n|---|---|---|---|\n"
        + rows.values().stream().map(ChartValuesReferenceTest::row).collect(joining());
  }

  private static String row(List<Value> values) {
    return "| %s | %s | %s | %s |\n"
        .formatted(
            cell(values, value -> "`" + value.path() + "`"),
            cell(values, Value::type),
            cell(values, value -> byDefault(value.byDefault())),
            values.getFirst().comment().replace("|", "\\|"));
  }

  private static String cell(List<Value> values, Function<Value, String> text) {
    return values.stream().map(text).collect(joining("<br>"));
  }

  private static String byDefault(JsonNode value) {
    return "`%s`"
        .formatted(
            value.isTextual() && !value.asText().isEmpty()
                ? value.asText()
                : value.toString().replace("\",\"", ", ").replace("[\"", "[").replace("\"]", "]"));
  }
}
