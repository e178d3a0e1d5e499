package dev.schemaversion.decide.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.CommandSpecBuilder;
import dev.schemaversion.api.v1alpha1.MigrationsSpecBuilder;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpec;
import dev.schemaversion.api.v1alpha1.SchemaVersionSpecBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of versions that are names, beside that of numbers. */
class VersionOrderTest {
  private static final VersionOrder NAMES = VersionOrder.of(spec("liberty", "12", "3", "c01"));

  @ParameterizedTest(name = "{0} and {1} in the order of {2}: {3}")
  @CsvSource(
      nullValues = "none",
      value = {
        "liberty, 12, names, below",
        "12, 3, names, below",
        "3, c01, names, below",
        "0, liberty, names, below",
        "c01, c01, names, same",
        "12, 12.0, names, unknown",
        "12, 012, names, unknown",
        "liberty, Liberty, names, unknown",
        "liberty, '', names, unknown",
        "liberty, none, names, unknown",
        "none, none, names, unknown",
        "mitaka, mitaka, names, unknown",
        "3, 12, numbers, below",
        "12, 12.0, numbers, same",
        "12, liberty, numbers, unknown",
        "liberty, liberty, numbers, unknown",
        "none, none, numbers, unknown",
      })
  void namesAreOrderedByTheirPlaceAndNumbersByTheirValue(
      String version, String other, String order, String expected) {
    var versions = order.equals("names") ? NAMES : VersionOrder.NUMBERS;

    assertThat(inWords(versions, version, other)).isEqualTo(expected);
    assertThat(inWords(versions, other, version))
        .isEqualTo(expected.equals("below") ? "above" : expected);
  }

  private static String inWords(VersionOrder versions, String version, String other) {
    if (versions.same(version, other)) {
      return "same";
    }
    if (versions.below(version, other)) {
      return "below";
    }
    return versions.atMost(other, version) ? "above" : "unknown";
  }

  @ParameterizedTest(name = "the higher one of {0} and {1} is {2}")
  @CsvSource(
      nullValues = "none",
      value = {
        "12, 3, 3",
        "3, 12, 3",
        "none, 3, 3",
        "3, none, 3",
        "none, none, none",
        "mitaka, 3, mitaka",
        "3, mitaka, mitaka",
      })
  void aVersionThatIsNotKnownCountsAsTheHigherOne(String one, String other, String highest) {
    assertThat(NAMES.highest(one, other)).isEqualTo(highest);
  }

  @Test
  void onlyACommandWithANameThatIsNoNumberOrdersByName() {
    assertThat(VersionOrder.of(null)).isEqualTo(VersionOrder.NUMBERS);
    assertThat(VersionOrder.of(SchemaVersionSpecBuilder.builder().build()))
        .isEqualTo(VersionOrder.NUMBERS);
    assertThat(VersionOrder.of(spec("1", "1.2", "20240131123456"))).isEqualTo(VersionOrder.NUMBERS);
    assertThat(VersionOrder.of(spec("1", "1a")).names()).containsExactly("0", "1", "1a");
    assertThat(VersionOrder.of(spec("0", "1a")).names()).containsExactly("0", "1a");
  }

  @ParameterizedTest(name = "at {0} towards {1}: reached {2}, ahead {3}")
  @CsvSource(
      nullValues = "none",
      emptyValue = "",
      value = {
        "0, none, 0, 0 liberty 12 3 c01",
        "liberty, none, liberty 0, liberty 12 3 c01",
        "12, 12, 12 liberty 0, 12 3 c01",
        "12, c01, 12 liberty 0, c01",
        "c01, liberty, c01 3 12 liberty 0, c01",
        "12, mitaka, 12 liberty 0, ''",
        "mitaka, c01, '', ''",
        "none, none, '', ''",
      })
  void theNamesAroundAVersionAreListed(
      String version, String target, String reached, String ahead) {
    assertThat(String.join(" ", NAMES.reached(version))).isEqualTo(reached);
    assertThat(String.join(" ", NAMES.ahead(version, target))).isEqualTo(ahead);
  }

  private static SchemaVersionSpec spec(String... versions) {
    return SchemaVersionSpecBuilder.builder()
        .migrations(
            MigrationsSpecBuilder.builder()
                .command(CommandSpecBuilder.builder().versions(List.of(versions)).build())
                .build())
        .build();
  }
}
