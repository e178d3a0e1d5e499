package dev.schemaversion.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.schemaversion.testing.Extended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Grafana dashboard of the chart shows metrics that exist. */
class DashboardTest {
  private static final Path FILE = Path.of("charts", "schemaversion-operator", "dashboard.json");
  private static final String DATASOURCE = "${datasource}";
  private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

  static JsonNode dashboard() throws IOException {
    return JsonMapper.builder()
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build()
        .readTree(FILE.toFile());
  }

  static List<JsonNode> panels() throws IOException {
    return dashboard().get("panels").valueStream().filter(panel -> !isRow(panel)).toList();
  }

  private static Stream<JsonNode> targets() throws IOException {
    return panels().stream().flatMap(panel -> panel.get("targets").valueStream());
  }

  @ParameterizedTest
  @MethodSource("panels")
  void aPanelShowsMetricsThatExist(JsonNode panel) {
    var metrics = new KnownMetrics();
    assertThat(panel.get("title").asText()).isNotBlank();
    assertThat(panel.get("description").asText()).endsWith(".");
    assertThat(panel.at("/datasource/uid").asText()).isEqualTo(DATASOURCE);
    assertThat(panel.get("targets")).isNotEmpty();
    for (var target : panel.get("targets")) {
      var labels = metrics.requireKnown(expression(target));
      assertThat(target.at("/datasource/uid").asText()).isEqualTo(DATASOURCE);
      assertThat(LEGEND.matcher(target.get("legendFormat").asText()).results())
          .allMatch(label -> labels.contains(label.group(1)));
      // The columns of a table are labels, or the value.
      assertThat(panel.at("/transformations/0/options/renameByName").properties())
          .allMatch(column -> labels.contains(column.getKey()) || column.getKey().equals("Value"));
    }
  }

  @Test
  void idsAndTitlesAreUniqueAndNoPanelCoversAnother() throws IOException {
    var ids = new HashSet<Integer>();
    var titles = new HashSet<String>();
    var cells = new HashSet<String>();
    for (var panel : dashboard().get("panels")) {
      assertThat(ids.add(panel.get("id").asInt())).as("id of %s", panel.get("title")).isTrue();
      assertThat(titles.add(panel.get("title").asText())).isTrue();
      var place = panel.get("gridPos");
      for (int x = place.get("x").asInt(); x < end(place, "x", "w"); x++) {
        assertThat(x).isLessThan(24);
        for (int y = place.get("y").asInt(); y < end(place, "y", "h"); y++) {
          assertThat(cells.add(x + "," + y)).as("place of %s", panel.get("title")).isTrue();
        }
      }
    }
  }

  @Test
  void aVariableSelectsThePrometheusAndAnotherTheNamespaces() throws IOException {
    var variables = dashboard().at("/templating/list");

    assertThat(variables.findValuesAsText("name")).containsExactly("datasource", "namespace");
    assertThat(variables.at("/0/type").asText()).isEqualTo("datasource");
    assertThat(variables.at("/0/query").asText()).isEqualTo("prometheus");
    var query = variables.at("/1/query/query").asText();
    assertThat(query).isEqualTo("label_values(schemaversion_info, namespace)");
    assertThat(new KnownMetrics().requireKnown("schemaversion_info")).contains("namespace");
  }

  @Test
  void everyMetricOfResourcesIsShown() throws IOException {
    var expressions = String.join("\n", targets().map(DashboardTest::expression).toList());

    assertThat(Pattern.compile("(?m)^\\| `(schemaversion_\\w+)`").matcher(page()).results())
        .isNotEmpty()
        .allMatch(row -> expressions.contains(row.group(1)));
  }

  @Extended
  @Test
  void prometheusParsesTheExpressions(@TempDir Path folder) throws Exception {
    var rules =
        targets()
            .map(DashboardTest::expression)
            .map(expression -> Map.of("record", "dashboard", "expr", expression))
            .distinct()
            .toList();
    var groups = Map.of("groups", List.of(Map.of("name", "dashboard", "rules", rules)));
    new YAMLMapper().writeValue(folder.resolve("rules.yaml").toFile(), groups);

    assertThat(Promtool.run(folder, "check", "rules", "--lint=none", "rules.yaml")).isZero();
  }

  private static String page() {
    return Pages.read(Path.of("docs", "reference", "metrics.md"));
  }

  private static boolean isRow(JsonNode panel) {
    return panel.get("type").asText().equals("row");
  }

  private static int end(JsonNode place, String start, String size) {
    return place.get(start).asInt() + place.get(size).asInt();
  }

  /** As Grafana sends it. */
  private static String expression(JsonNode target) {
    return target
        .get("expr")
        .asText()
        .replace("$namespace", "one|two")
        .replace("$__rate_interval", "5m");
  }
}
