package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.Program.further;
import static dev.schemaversion.e2e.gate.Program.labelled;
import static dev.schemaversion.e2e.gate.Program.needing;
import static dev.schemaversion.e2e.gate.Program.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The mark of a Deployment and the gates of a pod list the databases that it waits for, if it
 * requires several. Database "glance" is at version 13, "keystone" at 4, "nova" at 15; "swift" is
 * at 2024_1_expand01 of the names liberty, 2024_1_expand01, 2024_1_contract01.
 */
@GateAlone
class RequirementsTest {

  private static final String VERSION = "1".repeat(18) + ".000000000000000001".repeat(7);

  private static Tenant tenant;

  @BeforeAll
  static void databases(Tenant shared) {
    tenant = shared;
    tenant.database("keystone", "4");
    tenant.database("nova", "15");
    tenant.namedDatabase(
        "swift",
        List.of("2024_1_expand01", "liberty", "0"),
        List.of("2024_1_expand01", "2024_1_contract01"));
    tenant.awaitPoliciesSeeDatabases();
  }

  @ParameterizedTest(name = "label {0} at least {1} and {2}: waits for {3}")
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "glance | 13 | keystone=4 | ",
        "glance | 13 | keystone=4,nova=13-15 | ",
        "glance | 13 | ' keystone=4 , nova=13-15 ' | ",
        "glance | 13 | keystone=5,nova=13-15 | keystone",
        "glance | 13 | keystone=4,nova=13-14 | nova",
        "glance | 13 | keystone=4,nova=16 | nova",
        "glance | 13 | keystone=4,nova=13-14_9 | nova",
        "glance | 14 | keystone=4,nova=13-15.0 | glance",
        "glance | 14 | keystone=5,nova=16-17 | glance,keystone,nova",
        "glance | 14 | nova=16,keystone=5 | glance,nova,keystone",
        "glance | 13 | unknown=1 | unknown",
        "glance | 13 | nov=1 | nov",
        "glance | 13 | keystone=v4,nova=15 | keystone",
        "glance | 13 | keystone=4-latest,nova=15 | keystone",
        "glance | 13 | keystone=1.2.3.4.5.6.7.8.9 | keystone",
        "glance | 13 | keystone=1234567890123456789 | keystone",
        "glance | 13 | swift=2024_1_expand01 | ",
        "glance | 13 | 'swift=liberty-2024_1_contract01 , keystone=4' | ",
        "glance | 13 | swift=2024_1_contract01 | swift",
        "glance | 13 | swift=liberty-liberty | swift",
        "glance | 13 | swift=2024_1_expand01-2025_1 | swift",
        "glance | 13 | swift=1 | swift",
        "swift | 2024_1_expand01 | glance=13,keystone=5 | keystone",
        "'' | 99 | keystone=4,nova=15 | ",
        "'' | 99 | keystone=4,nova=16 | nova",
        "glance | 13 | glance=12-14 | ",
        "glance | 13 | glance=14 | glance",
        "glance | 13 | glance=12-12 | glance",
        "glance | 14 | glance=13 | glance",
        "keystone | 4 | nova=13,nova=14-15 | ",
        "keystone | 4 | nova=13,nova=14-14 | nova",
        "keystone | 4 | nova=16,nova=17,glance=14 | nova,glance"
      })
  void itWaitsFor(String label, String min, String requirements, String names) {
    assertWaits(program(label, min, requirements), label, names);
  }

  /** Every order of three requirements, each of them satisfied or not. */
  static Stream<Arguments> orders() {
    var all = List.of("glance", "keystone", "nova");
    return permutations(all).stream()
        .flatMap(order -> IntStream.range(0, 8).mapToObj(bits -> Arguments.of(order, unmet(bits))));
  }

  private static List<String> unmet(int bits) {
    var all = List.of("glance", "keystone", "nova");
    return all.stream().filter(name -> (bits >> all.indexOf(name) & 1) == 1).toList();
  }

  private static List<List<String>> permutations(List<String> names) {
    if (names.isEmpty()) {
      return List.of(List.of());
    }
    return names.stream()
        .flatMap(
            first -> {
              var rest = new ArrayList<>(names);
              rest.remove(first);
              return permutations(rest).stream()
                  .map(tail -> Stream.concat(Stream.of(first), tail.stream()).toList());
            })
        .toList();
  }

  @ParameterizedTest(name = "{0}, not satisfied: {1}")
  @MethodSource("orders")
  void itWaitsForTheSameInEveryOrder(List<String> order, List<String> unmet) {
    var first = order.get(0);
    var requirements =
        order.stream()
            .skip(1)
            .map(name -> name + "=" + min(name, unmet))
            .collect(Collectors.joining(","));
    var waits = order.stream().filter(unmet::contains).collect(Collectors.joining(","));

    assertWaits(
        program(first, min(first, unmet), requirements), first, waits.isEmpty() ? null : waits);
  }

  private static String min(String name, List<String> unmet) {
    return unmet.contains(name) ? "99" : "4";
  }

  static List<String> malformed() {
    return List.of(
        "",
        " ",
        ",",
        "keystone",
        "keystone=",
        "=4",
        "keystone=4,",
        ",keystone=4",
        "keystone=4,,nova=15",
        "keystone=4;nova=15",
        "keystone=4 nova=15",
        "keystone =4",
        "keystone= 4",
        "keystone=4\n",
        "keystone=4,\tnova=15",
        "keystone=_4",
        "keystone=.4",
        "keystone=é",
        "keystone=4/5",
        "keystone=4-",
        "keystone=-4",
        "keystone=4-5-6",
        "keystone=4 - 5",
        "keystone==4",
        "keystone=4=4",
        "Keystone=4",
        "key_stone=4",
        "-keystone=4",
        "keystone-=4",
        "?",
        "k".repeat(41) + "=4",
        "keystone=" + "9".repeat(152),
        "keystone=4-" + "v".repeat(152),
        Collections.nCopies(9, "keystone=4").stream().collect(Collectors.joining(",")),
        "keystone=4" + " ".repeat(2048 - 9),
        "keystone=4,".repeat(20_000) + "keystone=4",
        ",".repeat(250_000),
        "9".repeat(250_000));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void anInvalidRequirementIsHeldAndNotDenied(String requirements) {
    for (var label : List.of("glance", "")) {
      var program = program(label, "13", requirements);

      assertThat(Verdict.mark(tenant.dryRun(program)))
          .isEqualTo(label.isEmpty() ? "?" : "glance,?");
      assertThat(Gates.of(tenant.dryRun(Program.pod(program)))).containsExactly(Gates.OF_LABEL);
    }
  }

  @Test
  void anEmptyLabelWithoutAnnotationIsInvalid() {
    var program = together(labelled(""), needing("1")).apply(Program.deployment("p"));

    assertThat(Verdict.mark(tenant.dryRun(program))).isEqualTo("?");
    assertThat(Gates.of(tenant.dryRun(Program.pod(program)))).containsExactly(Gates.OF_LABEL);
  }

  @Test
  void theMaximumOfRequirementsIsValid() {
    var eight =
        IntStream.range(0, 8)
            .mapToObj(i -> "n".repeat(39) + i + "=" + VERSION)
            .collect(Collectors.joining(","));
    var names = eight.replace("=" + VERSION, "");

    assertWaits(program("glance", "13", eight), "glance", names);
    assertWaits(program("glance", "13", "keystone=4" + " ".repeat(2048 - 10)), "glance", null);
  }

  @Test
  void aSatisfiedWorkloadPassesWithTheLongestAnnotations() {
    var program = program("glance", "13", "keystone=4");
    program.getSpec().getTemplate().getMetadata().getAnnotations().put("a", "x".repeat(250_000));

    assertWaits(program, "glance", null);
  }

  @Test
  void aReapplyReleasesADeploymentWhoseRequirementsAreAllSatisfied(KubernetesClient client) {
    try (var other = new Tenant(client)) {
      other.create(program("late", "1", "later=1"));
      assertThat(mark(other)).isEqualTo("late,later");

      other.database("late", "1");
      other.awaitPoliciesSeeDatabases();
      other.change("p", Program.annotated("touched", "1"));
      assertThat(mark(other)).isEqualTo("later");

      other.database("later", "1");
      other.awaitPoliciesSeeDatabases();
      other.change("p", Program.annotated("touched", "2"));
      assertThat(other.verdict("p")).isEqualTo(Verdict.GOING);
    }
  }

  private static String mark(Tenant tenant) {
    return Verdict.mark(tenant.deployment("p").get());
  }

  private static Deployment program(String label, String min, String requirements) {
    return together(labelled(label), needing(min), further(requirements))
        .apply(Program.deployment("p"));
  }

  /** Asserts the same for the Deployment and for a pod. */
  private static void assertWaits(Deployment program, String label, String names) {
    var stored = tenant.dryRun(program);
    var gates =
        names == null
            ? List.<String>of()
            : Stream.of(names.split(","))
                .map(name -> name.equals(label) ? Gates.OF_LABEL : Gates.of(name))
                .toList();

    assertThat(Verdict.mark(stored)).isEqualTo(names);
    assertThat(Verdict.of(stored)).isEqualTo(names == null ? Verdict.GOING : Verdict.HELD);
    assertThat(Gates.of(tenant.dryRun(Program.pod(program)))).isEqualTo(gates);
  }
}
