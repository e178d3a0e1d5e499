package dev.schemaversion.decide.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A list of names gets the same verdicts as the numbers 0 to n in their place. Some of the names
 * are themselves numbers, which must not be compared by their value.
 */
class NamesLikeNumbersTest {
  private static final List<String> CHOICE =
      List.of(
          "liberty",
          "mitaka02",
          "ocata_contract01",
          "2024_1_expand01",
          "2024_1_contract01",
          "head",
          "12",
          "3",
          "20240131123456",
          "1.2",
          "9_9",
          "27c6596cce2a",
          "001",
          "A",
          "a");

  /** The place of a version that the list does not have; as a number it is not a version. */
  private static final int UNKNOWN = -1;

  /** There is no target, or no maximum. */
  private static final int NONE = -2;

  @Test
  void everyRequirementGetsTheVerdictOfItsNumber() {
    var random = new Random(17);
    int satisfied = 0;
    for (int list = 0; list < 12; list++) {
      var order = names(random);
      int last = order.names().size() - 1;
      for (int at = 0; at <= last; at++) {
        for (int target = NONE; target <= last; target++) {
          for (int min = UNKNOWN; min <= last; min++) {
            for (int max = NONE; max <= last; max++) {
              satisfied += compare(order, at, target, min, max) ? 1 : 0;
            }
          }
        }
      }
    }
    assertThat(satisfied).isGreaterThan(1000);
  }

  private static boolean compare(VersionOrder order, int at, int target, int min, int max) {
    var names = order.names();
    var byName =
        Verdict.of(
            new VersionRequirement("glance", name(names, min), name(names, max)),
            RecordedVersion.of(order, name(names, at), name(names, target)));
    var byNumber =
        Verdict.of(
            new VersionRequirement("glance", number(min), number(max)),
            RecordedVersion.of(VersionOrder.NUMBERS, number(at), number(target)));

    assertThat(byName.reason())
        .as("%s at %d towards %d, requires %d to %d", names, at, target, min, max)
        .isEqualTo(byNumber.reason());
    assertThat(byName.satisfied())
        .isEqualTo(byNumber.satisfied())
        .isEqualTo(byName.reason() == Reason.RolloutReleased);
    return byName.satisfied();
  }

  private static VersionOrder names(Random random) {
    var names = new ArrayList<>(CHOICE);
    Collections.shuffle(names, random);
    names.remove("head");
    var some = new ArrayList<>(names.subList(0, 1 + random.nextInt(6)));
    some.add(random.nextInt(some.size() + 1), "head");
    some.addFirst("0");
    return new VersionOrder(List.copyOf(some));
  }

  private static String name(List<String> names, int place) {
    return place == NONE ? null : place == UNKNOWN ? "unheard_of" : names.get(place);
  }

  private static String number(int place) {
    return place == NONE ? null : place == UNKNOWN ? "unheard_of" : String.valueOf(place);
  }

  @Test
  void allRequirementsOfTheLongestListAreDecided() {
    var names = IntStream.range(0, 500).mapToObj("v%03d"::formatted).toList();
    var order = new VersionOrder(names);
    var recorded = RecordedVersion.of(order, "v250", null);

    assertThat(names)
        .allSatisfy(
            name -> {
              assertThat(satisfied(name, null, recorded)).isEqualTo(name.compareTo("v250") <= 0);
              assertThat(satisfied("v000", name, recorded)).isEqualTo(name.compareTo("v250") >= 0);
            });
  }

  private static boolean satisfied(String min, String max, RecordedVersion recorded) {
    return Verdict.of(new VersionRequirement("glance", min, max), recorded).satisfied();
  }
}
