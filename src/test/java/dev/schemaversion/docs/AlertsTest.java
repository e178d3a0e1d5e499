package dev.schemaversion.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart's alerts use metrics and labels that exist, and the documentation lists them. */
class AlertsTest {
  private static final Path ALERTS = Path.of("charts/schemaversion-operator/alerts.yaml");
  private static final Pattern TEMPLATE = Pattern.compile("\\{\\{ \\$labels\\.(\\w+) }}");

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
  void metricsAndLabelsExist(JsonNode alert) {
    var labels = new KnownMetrics().requireKnown(alert.get("expr").asText());
    var annotations = alert.get("annotations");
    assertThat(TEMPLATE.matcher(annotations.toString()).results())
        .allMatch(label -> labels.contains(label.group(1)));
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
}
