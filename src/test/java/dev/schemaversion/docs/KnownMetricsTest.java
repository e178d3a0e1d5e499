package dev.schemaversion.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions with unknown metrics or labels are found. */
class KnownMetricsTest {
  private final KnownMetrics metrics = new KnownMetrics();

  @Test
  void theLabelsOfAMetricAreKnown() {
    assertThat(metrics.requireKnown("schemaversion_condition{type=\"Stalled\"} == 1"))
        .contains("namespace", "name", "type", "reason");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schemaversion_conditions == 1",
        "schemaversion_condition{kind=\"Stalled\"}",
        "schemaversion_condition{type=\"Stalled\",cause!=\"none\"}",
        "sum by (type, team) (schemaversion_condition)",
        "rate(schemaversion_job_duration_seconds[5m])",
        "schemaversion_held_seconds and on (cluster) schemaversion_held_workloads",
        "max(schemaversion_held_workloads) > other_metric",
        "1 + 1"
      })
  void whatDoesNotExistIsAnError(String expression) {
    assertThatThrownBy(() -> metrics.requireKnown(expression)).isInstanceOf(AssertionError.class);
  }
}
