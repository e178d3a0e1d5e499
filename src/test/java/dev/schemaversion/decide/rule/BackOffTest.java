package dev.schemaversion.decide.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {
  @ParameterizedTest(name = "after attempt {0}: {1}")
  @CsvSource({
    "1, PT5S",
    "2, PT10S",
    "3, PT20S",
    "4, PT40S",
    "5, PT1M20S",
    "6, PT2M40S",
    "7, PT5M",
    "8, PT5M",
    "70, PT5M",
    "9999, PT5M"
  })
  void theBackOffDoublesUpToFiveMinutes(int attempt, Duration wait) {
    assertThat(BackOff.after(attempt)).isEqualTo(wait);
  }
}
