package dev.schemaversion.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest {
  @ParameterizedTest
  @CsvSource({
    "SUCCEEDED, Succeeded",
    "BASELINE_REQUIRED, BaselineRequired",
    "HISTORY_CONTRADICTED, HistoryContradicted",
    "OUT_OF_ORDER, OutOfOrder",
  })
  void theReasonIsTheNameInCamelCase(Outcome outcome, String reason) {
    assertThat(outcome.reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void everyReasonFitsACondition(Outcome outcome) {
    assertThat(outcome.reason()).matches("[A-Z][A-Za-z]{0,62}");
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void everyExitCodeLeadsBackToItsOutcome(Outcome outcome) {
    assertThat(Outcome.ofExitCode(outcome.exitCode())).contains(outcome);
  }

  @Test
  void noTwoOutcomesShareAnExitCodeOrAReason() {
    assertThat(Arrays.stream(Outcome.values()).map(Outcome::exitCode)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(Outcome.values()).map(Outcome::reason)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 125, 126, 127, 134, 137, 139, 143, 255})
  void exitCodesOfShellsSignalsAndTheJvmAreNoOutcomes(int exitCode) {
    assertThat(Outcome.ofExitCode(exitCode)).isEmpty();
  }
}
