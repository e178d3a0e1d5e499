package dev.schemaversion.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/operate.md has every setting of the operator. {@link ChartValuesReferenceTest} writes the
 * values of the chart.
 */
class SettingsDocumentedTest {
  private static final Path PAGE = Path.of("docs", "operate.md");
  private static final Path MANIFESTS = Path.of("charts", "schemaversion-operator", "manifests");
  private static final Path DEPLOYMENT = MANIFESTS.resolve("20-deployment.yaml");
  private static final Pattern VARIABLE = Pattern.compile("SCHEMAVERSION_[A-Z_]+");

  @Test
  void everyVariableOfTheDeploymentIsDocumentedAndNoOther() {
    assertThat(variables(PAGE)).isNotEmpty().isEqualTo(variables(DEPLOYMENT));
  }

  private static Set<String> variables(Path file) {
    var names = new TreeSet<String>();
    VARIABLE.matcher(Pages.read(file)).results().map(MatchResult::group).forEach(names::add);
    return names;
  }
}
