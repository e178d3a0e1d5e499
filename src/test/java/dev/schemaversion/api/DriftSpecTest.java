package dev.schemaversion.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.DriftSpec;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftSpecTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      nullValues = "nothing",
      value = {
        "1h, PT1H",
        "30m, PT30M",
        "90s, PT90S",
        "1h30m, PT1H30M",
        "1h0m5s, PT1H5S",
        "0s, PT0S",
        "99999h, PT99999H",
        "nothing, PT1H"
      })
  void intervalsHaveTheFormatOfKubernetesDurations(String text, Duration duration) {
    assertThat(new DriftSpec(text, null).every()).isEqualTo(duration);
  }
}
