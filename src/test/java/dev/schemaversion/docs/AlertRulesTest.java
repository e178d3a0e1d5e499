package dev.schemaversion.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.schemaversion.testing.Extended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alerts fire when they should, and not otherwise: by promtool, Prometheus' own tester. */
class AlertRulesTest {
  private static final Path CHART = Path.of("charts", "schemaversion-operator");
  private static final String RULES = "alerts.yaml";
  private static final String TESTS = "alerts_test.yaml";
  private static final YAMLMapper YAML = new YAMLMapper();

  @TempDir Path folder;

  static List<String> names() throws IOException {
    return AlertsTest.alerts().stream().map(alert -> alert.get("alert").asText()).toList();
  }

  @Test
  void eachAlertIsTestedWhileItFiresAndWhileItDoesNot() throws IOException {
    var firing = new TreeMap<String, TreeSet<Boolean>>();
    YAML.readTree(CHART.resolve(TESTS).toFile())
        .get("tests")
        .valueStream()
        .flatMap(test -> test.get("alert_rule_test").valueStream())
        .forEach(
            test ->
                firing
                    .computeIfAbsent(test.get("alertname").asText(), name -> new TreeSet<>())
                    .add(!test.get("exp_alerts").isEmpty()));

    assertThat(firing.keySet()).isEqualTo(new TreeSet<>(names()));
    assertThat(firing.values()).allMatch(cases -> cases.size() == 2);
  }

  @Extended
  @Test
  void theAlertsPassTheirTests() throws Exception {
    assertThat(promtool(CHART)).isEqualTo(0);
  }

  @Extended
  @ParameterizedTest
  @MethodSource("names")
  void theTestsFailWithoutTheAlert(String name) throws Exception {
    var rules = YAML.readTree(CHART.resolve(RULES).toFile());
    var alerts = (ArrayNode) rules.at("/groups/0/rules");
    for (int i = alerts.size() - 1; i >= 0; i--) {
      if (isNamed(alerts.get(i), name)) {
        alerts.remove(i);
      }
    }
    YAML.writeValue(folder.resolve(RULES).toFile(), rules);
    Files.copy(CHART.resolve(TESTS), folder.resolve(TESTS));

    assertThat(promtool(folder)).isNotZero();
  }

  private static boolean isNamed(JsonNode alert, String name) {
    return alert.get("alert").asText().equals(name);
  }

  private static int promtool(Path folder) throws IOException, InterruptedException {
    return Promtool.run(folder, "test", "rules", TESTS);
  }
}
