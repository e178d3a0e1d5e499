package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.Verdict.GOING;
import static dev.schemaversion.e2e.gate.Verdict.HELD;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Versions that are names satisfy requirements by the lists in the status; every other workload is
 * held and never denied. Two of the names are numbers, in falling order.
 */
@GateAlone
class NamesTest {

  private static final List<String> NAMES =
      List.of("0", "liberty", "12", "3", "2024_1_expand01", "2024_1_contract01");

  private static Tenant tenant;

  @BeforeAll
  static void namespace(Tenant shared) {
    tenant = shared;
  }

  @ParameterizedTest(name = "a database at {0} that goes to {1} satisfies {2} up to {3}: {4}")
  @CsvSource(
      nullValues = "none",
      value = {
        "12, none, liberty, none, GOING",
        "12, none, 12, none, GOING",
        "12, none, 0, none, GOING",
        "12, none, 3, none, HELD",
        "3, none, 12, none, GOING",
        "3, none, 2024_1_expand01, none, HELD",
        "2024_1_contract01, none, liberty, none, GOING",
        "0, none, 0, none, GOING",
        "0, none, liberty, none, HELD",
        "12, none, 12.0, none, HELD",
        "12, none, 012, none, HELD",
        "12, none, 9, none, HELD",
        "12, none, Liberty, none, HELD",
        "12, none, libert, none, HELD",
        "12, none, 2025_1, none, HELD",
        "12, none, liberty, 12, GOING",
        "12, none, liberty, 3, GOING",
        "12, none, liberty, liberty, HELD",
        "12, none, liberty, 13, HELD",
        "12, none, liberty, 2025_1, HELD",
        "12, 12, liberty, 12, GOING",
        "12, 3, liberty, 12, HELD",
        "12, 3, liberty, 3, GOING",
        "12, 2024_1_contract01, liberty, 2024_1_expand01, HELD",
        "12, 2024_1_contract01, liberty, 2024_1_contract01, GOING",
        "12, 2024_1_contract01, liberty, none, GOING",
        "12, 2024_1_contract01, 2024_1_contract01, none, HELD",
        "3, liberty, 12, 3, GOING",
        "3, liberty, 12, 12, HELD",
        "12, 2025_1, liberty, 2024_1_contract01, HELD",
        "12, 2025_1, liberty, none, GOING",
      })
  void namesAreComparedByTheirPlace(
      String present, String target, String min, String max, Verdict expected) {
    recorded(present, target);

    assertThat(verdicts(program(min, max))).containsOnly(expected);
    assertThat(verdicts(further("db=" + min + (max == null ? "" : "-" + max))))
        .containsOnly(expected);
  }

  static List<String> malformed() {
    return List.of(
        "",
        " ",
        "liberty ",
        " liberty",
        "liberty\n",
        "liberty,12",
        "liberty-12",
        "-",
        "null",
        "libertyx",
        "l".repeat(152),
        "liberty".repeat(30_000),
        "(".repeat(1000));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aMalformedNameIsHeldAndNotDenied(String name) {
    recorded("12", null);

    assertThat(verdicts(program(name, null))).containsOnly(HELD);
    assertThat(verdicts(program("liberty", name))).containsOnly(HELD);
  }

  @ParameterizedTest(name = "at {0} towards {1}, reached {2}, ahead {3}, requires {4} to {5}")
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      value = {
        // Without the lists, versions are numbers, and no name is one.
        "liberty | none | none | none | liberty | none",
        "13 | none | none | none | liberty | none",
        "13 | none | none | none | 13 | c01",
        // Lists that another release has left behind belong to another version or target.
        "13 | none | liberty 0 | liberty | 9 | none",
        "13 | none | liberty 0 | liberty | liberty | none",
        "none | none | liberty 0 | liberty | liberty | none",
        "12 | none | 12 liberty 0 | liberty 12 | liberty | liberty",
        "12 | 3 | 12 liberty 0 | 12 3 | liberty | 12",
        "12 | none | 12 liberty 0 | 3 12 | liberty | 12",
        "12 | none | 12 liberty 0 | none | liberty | 12",
        "12 | none | '' | '' | 12 | none",
      })
  void listsThatDoNotBelongToTheVersionSatisfyNothing(
      String present, String target, String reached, String ahead, String min, String max) {
    write(present, target, split(reached), split(ahead));

    assertThat(verdicts(program(min, max))).containsOnly(HELD);
    assertThat(verdicts(further("db=" + min + (max == null ? "" : "-" + max)))).containsOnly(HELD);
  }

  private static List<String> split(String names) {
    return names == null
        ? null
        : Stream.of(names.split(" ")).filter(name -> !name.isEmpty()).toList();
  }

  @Test
  void theListsAreValidOnlyForTheObservedGeneration() {
    recorded("12", null);
    var reached = List.of("12", "liberty", "0");
    tenant.recordNames("db", "12", null, reached, List.of("12", "3"), generation() - 1);
    tenant.awaitPoliciesSeeDatabases();

    assertThat(verdicts(program("liberty", null))).containsOnly(HELD);
  }

  @Test
  void theLongestListsAndNamesStayWithinTheCostLimit() {
    var names = IntStream.range(0, 501).mapToObj(NamesTest::longest).toList();
    var first = names.getFirst();
    var last = names.getLast();
    write(last, last, names.reversed(), List.of(last));
    var entry = "db=" + first + "-" + last;
    var eight = new ArrayList<>(Collections.nCopies(6, entry));
    eight.add("db=" + first);
    eight.add("db=" + names.get(1).substring(0, 1));

    assertThat(verdicts(further(String.join(",", eight.subList(0, 7))))).containsOnly(GOING);
    assertThat(verdicts(further(String.join(",", eight)))).containsOnly(HELD);
    assertThat(verdicts(program(first, last))).containsOnly(GOING);
  }

  private static String longest(int place) {
    return "v%03d_%s".formatted(place, "x".repeat(146));
  }

  /** Records a version and a target with the lists that the operator would write. */
  private static void recorded(String present, String target) {
    int at = NAMES.indexOf(present);
    int highest = target == null ? at : Math.max(at, NAMES.indexOf(target));
    boolean known = target == null || NAMES.contains(target);
    write(
        present,
        target,
        NAMES.subList(0, at + 1).reversed(),
        known ? NAMES.subList(highest, NAMES.size()) : null);
  }

  private static void write(
      String present, String target, List<String> reached, List<String> ahead) {
    tenant.recordNames("db", present, target, reached, ahead, generation());
    tenant.awaitPoliciesSeeDatabases();
  }

  private static long generation() {
    var present = tenant.schemaVersion("db", "13").get();
    return (present == null ? tenant.unseenDatabase("db") : present).getMetadata().getGeneration();
  }

  private static Deployment program(String min, String max) {
    var program = Program.requiring("p", "db", min);
    return max == null ? program : Program.atMost(max).apply(program);
  }

  /** A program with an empty label, whose requirements are in the annotation. */
  private static Deployment further(String requirements) {
    return Program.together(Program.labelled(""), Program.further(requirements))
        .apply(Program.deployment("p"));
  }

  /**
   * The verdicts on the Deployment, and on a pod that another controller creates from its template.
   */
  private static List<Verdict> verdicts(Deployment program) {
    return List.of(tenant.rehearse(program), tenant.rehearse(Program.pod(program)));
  }
}
