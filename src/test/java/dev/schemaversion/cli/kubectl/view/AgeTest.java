package dev.schemaversion.cli.kubectl.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ages are printed as kubectl prints them. */
class AgeTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "PT-5S, 0s",
    "PT0S, 0s",
    "PT119S, 119s",
    "PT2M, 2m",
    "PT4M10S, 4m10s",
    "PT10M59S, 10m",
    "PT179M, 179m",
    "PT3H, 3h",
    "PT7H59M, 7h59m",
    "PT8H30M, 8h",
    "PT47H, 47h",
    "PT48H, 2d",
    "P2DT3H, 2d3h",
    "P8DT3H, 8d",
    "P729D, 729d",
    "P730D, 2y",
    "P735D, 2y5d",
    "P3000D, 8y",
  })
  void anAgeHasTwoUnitsAtMost(Duration age, String printed) {
    assertThat(Age.of(age)).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-13-01T00:00:00Z"})
  void aTimeThatCannotBeReadIsAQuestionMark(String instant) {
    assertThat(Age.since(instant, Instant.EPOCH)).isEqualTo("?");
  }

  @Test
  void aMissingTimeIsAQuestionMark() {
    assertThat(Age.since(null, Instant.EPOCH)).isEqualTo("?");
  }
}
