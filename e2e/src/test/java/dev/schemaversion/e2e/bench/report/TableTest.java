package dev.schemaversion.e2e.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void theSecondsOfEachWayStandBesideTheirRatioToTheFirst() {
    assertThat(Table.seconds(Some.scenario()).text())
        .isEqualTo(
            """
            way           median, s  lowest to highest  ratio  other pods
            Job           4.00       3.00 to 5.00       1.00   1
            Always < all  6.00       5.00 to 6.00       1.50   1
            """);
  }

  @Test
  void whatWritesNothingSaysSo() {
    assertThat(Table.seconds(Some.again()).markdown())
        .isEqualTo(
            """
            | way | median, s | lowest to highest | ratio | other pods |
            |---|---|---|---|---|
            | Always | 0.04 | 0.04 to 0.04 | - | 0, nothing written |
            """);
  }

  @Test
  void thePartsAreThoseOfTheTypicalMeasurement() {
    assertThat(Table.parts(Some.scenario()).text())
        .isEqualTo(
            """
            way, s        reaction  pod start  migration  end noticed  program start
            Job           0.50      0.00       0.00       0.00         3.50
            Always < all  0.50      0.00       0.00       0.00         5.50
            """);
  }

  @Test
  void eachMomentSaysWhatTheTimeBeforeItWasSpentOn() {
    assertThat(Table.moments(Some.scenario().ways().getFirst()).markdown())
        .isEqualTo(
            """
            | s | took | part | what |
            |---|---|---|---|
            | 0.50 | +0.50 | reaction | Job \\| created |
            | 4.00 | +3.50 | program start | program runs |
            """);
  }
}
