package dev.schemaversion.e2e.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void theMedianIsInTheMiddle() {
    assertThat(Statistics.median(List.of(3.0, 90.0, 1.0))).isEqualTo(3.0);
    assertThat(Statistics.median(List.of(4.0, 1.0))).isEqualTo(2.5);
    assertThatThrownBy(() -> Statistics.median(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theTypicalValueIsTheNearestToTheMedian() {
    assertThat(Statistics.typical(List.of(9.0, 2.0, 3.0, 3.5))).isEqualTo(2);
    assertThat(Statistics.typical(List.of(9.0, 2.0, 3.0))).isEqualTo(2);
  }

  @Test
  void theRatioIsThatOfPairs() {
    // The medians alone would say 1.
    assertThat(Statistics.ratio(List.of(2.0, 4.0, 6.0), List.of(4.0, 2.0, 6.0)))
        .isEqualTo(1.0, within(1e-9));
    assertThat(Statistics.ratio(List.of(2.0, 4.0, 60.0), List.of(4.0, 8.0, 6.0)))
        .isEqualTo(0.5, within(1e-9));
    assertThatThrownBy(() -> Statistics.ratio(List.of(1.0), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
