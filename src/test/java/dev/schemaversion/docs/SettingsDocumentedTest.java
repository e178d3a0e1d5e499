package dev.schemaversion.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/operate.md has every setting of the operator and every value of the chart. */
class SettingsDocumentedTest {
  private static final Path PAGE = Path.of("docs", "operate.md");
  private static final Path MANIFESTS = Path.of("charts", "schemaversion-operator", "manifests");
  private static final Path DEPLOYMENT = MANIFESTS.resolve("20-deployment.yaml");
  private static final Path VALUES = Path.of("charts", "schemaversion-operator", "values.yaml");
  private static final Pattern VARIABLE = Pattern.compile("SCHEMAVERSION_[A-Z_]+");

  @Test
  void everyVariableOfTheDeploymentIsDocumentedAndNoOther() {
    assertThat(variables(PAGE)).isNotEmpty().isEqualTo(variables(DEPLOYMENT));
  }

  @Test
  void everyValueOfTheChartIsDocumented() {
    var page = Pages.read(PAGE);
    var values = Serialization.unmarshal(Pages.read(VALUES), JsonNode.class);
    var paths = new TreeSet<String>();
    values.properties().forEach(value -> paths(value.getKey(), value.getValue(), paths));

    assertThat(paths).isNotEmpty().allSatisfy(path -> assertThat(page).contains("`" + path + "`"));
  }

  /** Requests and limits are Kubernetes' own, and so is what is empty by default. */
  private static void paths(String path, JsonNode value, Set<String> paths) {
    if (!value.isObject() || value.isEmpty() || path.equals("resources")) {
      paths.add(path);
    } else {
      value.properties().forEach(each -> paths(path + "." + each.getKey(), each.getValue(), paths));
    }
  }

  private static Set<String> variables(Path file) {
    var names = new TreeSet<String>();
    VARIABLE.matcher(Pages.read(file)).results().map(MatchResult::group).forEach(names::add);
    return names;
  }
}
