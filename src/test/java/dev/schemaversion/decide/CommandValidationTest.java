package dev.schemaversion.decide;

import static dev.schemaversion.decide.SimulatedClusters.atExpand;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.decide.specs.Crd;
import dev.schemaversion.decide.specs.Resources;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The versions of {@code spec.migrations.command}, valid and invalid. */
class CommandValidationTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "[liberty, 2024_1_expand01, liberty] | spec.migrations.command.versions has liberty twice",
        "[2024_1_expand01, '1.2', 1_2_0] | spec.migrations.command.versions has 1.2 and 1_2_0, which are the same number",
        "[2024_1_expand01, a-b] | spec.migrations.command.versions: a version has letters, digits, dots and underscores only",
        "[2024_1_expand01, null] | spec.migrations.command.versions: a version has",
        "[] | spec.migrations.command requires image, versions, migrate and history.tables",
        "['1', '2'] | spec.version is not a version",
      })
  void anInvalidListIsStalledAndStartsNoJob(String versions, String why) {
    assertStalled("{migrations: {command: {versions: %s}}}".formatted(versions), why);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "version: '13', versions: ['9', '13', '12'] | spec.migrations.command.versions are numbers and must be in ascending order, but 12 is not above 13",
        "version: '13', versions: ['13', '13.0'] | but 13.0 is not above 13",
      })
  void numbersThatAreNotInAscendingOrderAreRefused(String spec, String why) {
    var parts = spec.split(", versions: ", 2);
    assertStalled("{%s, migrations: {command: {versions: %s}}}".formatted(parts[0], parts[1]), why);
  }

  private static void assertStalled(String spec, String why) {
    var cluster = atExpand().patch("spec: " + spec);

    var settled = cluster.settle();

    assertThat(settled.condition(ConditionType.Ready).getReason()).isEqualTo("InvalidRequest");
    assertThat(settled.condition(ConditionType.Ready).getMessage())
        .contains(why, "until it is corrected");
    assertThat(settled.status().version()).isNull();
    assertThat(settled.jobs()).isEqualTo(cluster.jobs());
  }

  @ParameterizedTest(name = "{0} of {1}, claimed {2}: {3}")
  @CsvSource(
      nullValues = "none",
      quoteCharacter = '"',
      value = {
        "c01, \"[e01, c01]\", none, true",
        "c01, \"[e01, c01]\", e01, true",
        "c01, \"[e01, c01]\", 0, true",
        "c01, \"[e01, c01]\", x01, false",
        "x01, \"[e01, c01]\", none, false",
        "13, \"[e01, c01]\", none, false",
        "13, \"[e01, '13']\", none, true",
        "13, \"['9']\", 7, true",
        "c01, \"['9']\", none, false",
        "9, \"['9']\", c01, false",
        "c-01, \"[e01, c-01]\", none, false",
      })
  void theApiServerAcceptsOnlyVersionsOfTheList(
      String version, String versions, String claimed, boolean accepted) throws IOException {
    var patched =
        atExpand()
            .patch(
                "spec: {version: '%s', baseline: %s, migrations: {command: {versions: %s}}}"
                    .formatted(
                        version,
                        claimed == null ? "null" : "{version: '%s'}".formatted(claimed),
                        versions))
            .resource();
    patched.setStatus(null);

    var written = Resources.reader().convertValue(patched, JsonNode.class);

    assertThat(Crd.committed().accepts(written)).isEqualTo(accepted);
  }
}
