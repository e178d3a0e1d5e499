package dev.schemaversion.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.Version;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
  private static final int PAIRS = 5_000;

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "1.2, =, 1.2.0",
    "1, =, 1.0.0.0.0.0.0.0",
    "1_2, =, 1.2",
    "013, =, 13",
    "0, =, 0.0",
    "10, >, 9",
    "1.10, >, 1.9",
    "1.2.1, >, 1.2",
    "1.1, >, 1.0.9",
    "20240131123456, >, 20240131123455",
    "20240131123456, >, 13",
    "999999999999999999, >, 999999999999999998",
    "0, <, 0.0.0.0.0.0.0.1"
  })
  void versionsAreOrderedAsInFlyway(String left, char order, String right) {
    int expected = "<=>".indexOf(order) - 1;

    assertThat(compared(left, right)).isEqualTo(expected);
    assertThat(compared(right, left)).isEqualTo(-expected);
    assertThat(asFlyway(left, right)).isEqualTo(expected);
  }

  @Test
  void theOrderEqualsFlywaysForManyPairs() {
    var random = new Random(20120413);
    for (int i = 0; i < PAIRS; i++) {
      var left = version(random);
      var right = random.nextInt(4) == 0 ? left + ".0" : version(random);
      if (Version.parse(right).isEmpty()) {
        continue;
      }
      assertThat(compared(left, right))
          .as("%s and %s", left, right)
          .isEqualTo(asFlyway(left, right));
    }
  }

  @Test
  void equalVersionsHaveEqualHashes() {
    var long13 = Version.parse("13.0.0").orElseThrow();
    var short13 = Version.parse("13").orElseThrow();

    assertThat(long13).isEqualTo(short13).hasSameHashCodeAs(short13);
    assertThat(Version.parse("0.0").orElseThrow())
        .hasSameHashCodeAs(Version.parse("0").orElseThrow());
    assertThat(short13).isNotEqualTo(Version.parse("1.3").orElseThrow()).isNotEqualTo("13");
  }

  @Test
  void aVersionKeepsItsSpelling() {
    assertThat(Version.parse("1_02.0").orElseThrow()).hasToString("1_02.0");
    assertThat(Version.parse("1_02.0").orElseThrow().canonical()).isEqualTo("1.2.0");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        " 14",
        "14 ",
        "v14",
        "14\n",
        "-1",
        "+1",
        "1.",
        ".1",
        "1..2",
        "1-2",
        "1.2.3-rc1",
        "latest",
        "1,2",
        "１３",
        "1234567890123456789",
        "1.2.3.4.5.6.7.8.9"
      })
  void invalidTextIsNoVersion(String text) {
    assertThat(Version.parse(text)).isEmpty();
  }

  private static int compared(String left, String right) {
    return Version.parse(left).orElseThrow().compareTo(Version.parse(right).orElseThrow());
  }

  private static int asFlyway(String left, String right) {
    return Integer.signum(
        MigrationVersion.fromVersion(left).compareTo(MigrationVersion.fromVersion(right)));
  }

  /** Few different parts, so that many of them meet. */
  private static String version(Random random) {
    var text =
        IntStream.rangeClosed(0, random.nextInt(4))
            .mapToObj(i -> part(random))
            .collect(Collectors.joining("."));
    return random.nextBoolean() ? text : text.replace('.', '_');
  }

  private static String part(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> "0";
      case 1 -> "00" + random.nextInt(12);
      case 2 -> "2024013112345" + random.nextInt(10);
      default -> Integer.toString(random.nextInt(12));
    };
  }
}
