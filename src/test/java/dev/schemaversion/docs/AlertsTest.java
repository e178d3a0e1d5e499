package dev.schemaversion.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart's alerts use metrics and labels that exist, and the documentation lists them. */
class AlertsTest {
  private static final Path ALERTS = Path.of("charts/schemaversion-operator/alerts.yaml");
  private static final Pattern METRIC = Pattern.compile("schemaversion_[a-z_]+");
  private static final Pattern SELECTOR = Pattern.compile("[{,](\\w+)=");
  private static final Pattern TEMPLATE = Pattern.compile("\\{\\{ \\$labels\\.(\\w+) }}");

  /** A row of the reference page: the metric's name in quotes, its type, and its labels. */
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| \\w+ \\| (.*?) \\|");

  static List<JsonNode> alerts() throws IOException {
    return new YAMLMapper()
        .readTree(ALERTS.toFile())
        .get("groups")
        .valueStream()
        .flatMap(group -> group.get("rules").valueStream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void metricsAndLabelsExist(JsonNode alert) throws IOException {
    var metrics = metrics();
    var expression = alert.get("expr").asText();
    var used = all(METRIC, expression);
    assertThat(used).isNotEmpty();
    assertThat(metrics.keySet()).containsAll(used);

    var labels = used.stream().flatMap(metric -> metrics.get(metric).stream()).toList();
    assertThat(labels).containsAll(all(SELECTOR, expression));
    var annotations = alert.get("annotations");
    assertThat(labels).containsAll(all(TEMPLATE, annotations.toString()));
    assertThat(annotations.get("summary").asText()).isNotBlank();
    assertThat(annotations.get("description").asText()).isNotBlank();
    assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
  }

  @Test
  void theDocumentationListsThem() throws IOException {
    var names = alerts().stream().map(alert -> alert.get("alert").asText()).toList();
    var page = Files.readString(Path.of("docs/operate.md"));

    assertThat(Pattern.compile("(?m)^\\| `(SchemaVersion\\w+)` \\|").matcher(page).results())
        .extracting(row -> row.group(1))
        .isEqualTo(names);
  }

  private static Map<String, Set<String>> metrics() throws IOException {
    var metrics = new HashMap<String, Set<String>>();
    ROW.matcher(Files.readString(Path.of("docs/reference/metrics.md")))
        .results()
        .forEach(row -> metrics.put(row.group(1), new HashSet<>(labels(row.group(2)))));
    return metrics;
  }

  private static List<String> labels(String cell) {
    return Stream.of(cell.split(", ", -1)).map(label -> label.replace("`", "")).toList();
  }

  private static Set<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(AlertsTest::last).collect(Collectors.toSet());
  }

  private static String last(MatchResult match) {
    return match.group(match.groupCount());
  }
}
