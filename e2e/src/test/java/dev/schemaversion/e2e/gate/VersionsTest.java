package dev.schemaversion.e2e.gate;

import static dev.schemaversion.e2e.gate.Verdict.GOING;
import static dev.schemaversion.e2e.gate.Verdict.HELD;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recorded versions satisfy requirements by their order; every other workload is held and never
 * denied.
 */
@GateAlone
class VersionsTest {

  private static final String EIGHTEEN_NINES = "9".repeat(18);

  private static Tenant tenant;

  @BeforeAll
  static void namespace(Tenant shared) {
    tenant = shared;
  }

  @ParameterizedTest(name = "a database at {0} satisfies at least {1}: {2}")
  @CsvSource({
    "13, 13, GOING",
    "13, 9, GOING",
    "13, 14, HELD",
    "9, 13, HELD",
    "4.10, 4.9, GOING",
    "4.10, 4.11, HELD",
    "4_10, 4.9, GOING",
    "4.9, 4_10, HELD",
    "4_9, 4_10, HELD",
    "4_9, 4.10, HELD",
    "1_2_3, 99, HELD",
    "99, 1_2_3, GOING",
    "1_10, 1_9, GOING",
    "1.2, 1.2.0, GOING",
    "1.2.0, 1_2, GOING",
    "1.2, 1.2.1, HELD",
    "1.2.0.0.0.0.0.0, 1.2, GOING",
    "1.2, 1.2.0.0.0.0.0.1, HELD",
    "1.2.0.0.0.0.0.1, 1.2.0.0.0.0.0.1, GOING",
    "013, 13, GOING",
    "13, 0013, GOING",
    "20261122120000, 20261122115959, GOING",
    "20261122115959, 20261122120000, HELD",
    "0, 0, GOING",
    "0.0, 0, GOING",
    "999999999999999999, 999999999999999998, GOING",
    "999999999999999998, 999999999999999999, HELD",
    "2, 1.999999999999999999, GOING",
    "1.999999999999999999, 2, HELD"
  })
  void versionsAreComparedAsFlywayDoes(String present, String min, Verdict expected) {
    proven(present);

    assertThat(verdicts(Program.requiring("p", "db", min))).containsOnly(expected);
    assertThat(verdicts(further("db=" + min))).containsOnly(expected);
  }

  @ParameterizedTest(name = "a database at {0} satisfies 13 up to {1}: {2}")
  @CsvSource({
    "13, 13, GOING",
    "13, 15, GOING",
    "15, 15.0, GOING",
    "15, 15_0, GOING",
    "16, 15, HELD",
    "15.1, 15, HELD",
    "12, 15, HELD",
    "14, 9, HELD",
    "14, '', HELD",
    "14, v15, HELD",
    "14, ' 15', HELD"
  })
  void aVersionAboveTheMaxVersionIsHeld(String present, String max, Verdict expected) {
    proven(present);

    assertThat(verdicts(Program.atMost(max).apply(Program.requiring("p", "db", "13"))))
        .containsOnly(expected);
    assertThat(verdicts(further("db=13-" + max))).containsOnly(expected);
  }

  @ParameterizedTest(name = "a database at {0} that goes to {1} satisfies 13 up to {2}: {3}")
  @CsvSource({
    "13, 14, 14, GOING",
    "13, 14, 15, GOING",
    "13, 14, 13, HELD",
    "13, 13.1, 13, HELD",
    "13, 20261122115959, 14, HELD",
    "13, 14_0, 14, GOING",
    "14, 13, 14, GOING",
    "14, 13, 13, HELD",
    "12, 14, 15, HELD"
  })
  void aTargetAboveTheMaxVersionIsHeld(
      String present, String target, String max, Verdict expected) {
    proven(present, target);

    assertThat(verdicts(Program.atMost(max).apply(Program.requiring("p", "db", "13"))))
        .containsOnly(expected);
    assertThat(verdicts(further("db=13-" + max))).containsOnly(expected);
  }

  @Test
  void aTargetNeitherSatisfiesAMinVersionNorMattersWithoutAMaxVersion() {
    proven("13", "14");

    assertThat(verdicts(Program.requiring("p", "db", "14"))).containsOnly(HELD);
    assertThat(verdicts(further("db=14-15"))).containsOnly(HELD);
    assertThat(verdicts(Program.requiring("p", "db", "13"))).containsOnly(GOING);
    assertThat(verdicts(further("db=13"))).containsOnly(GOING);
  }

  static List<String> malformed() {
    return List.of(
        "",
        " ",
        " 13",
        "13 ",
        "13\n",
        "v13",
        "13.",
        ".13",
        "1..3",
        "1._3",
        "-1",
        "+1",
        "1,3",
        "1.3-rc",
        "0x1",
        "１３",
        "null",
        "9".repeat(19),
        "0".repeat(21),
        "1.2.3.4.5.6.7.8.9",
        EIGHTEEN_NINES + ("." + EIGHTEEN_NINES).repeat(8),
        "1.".repeat(100_000),
        "1".repeat(200_000),
        "(".repeat(1000));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aMalformedMinVersionIsHeldAndNotDenied(String min) {
    proven(EIGHTEEN_NINES);

    assertThat(verdicts(Program.requiring("p", "db", min))).containsOnly(HELD);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aMalformedMaxVersionIsHeldAndNotDenied(String max) {
    proven("13");

    var program = Program.requiring("p", "db", "13");
    assertThat(verdicts(Program.atMost(max).apply(program))).containsOnly(HELD);
  }

  @Test
  void theLongestVersionStillPasses() {
    var longest = EIGHTEEN_NINES + ("_" + EIGHTEEN_NINES).repeat(7);
    proven(longest);

    var program = Program.atMost(longest).apply(Program.requiring("p", "db", longest));
    assertThat(verdicts(program)).containsOnly(GOING);
    assertThat(verdicts(further("db=" + longest + "-" + longest))).containsOnly(GOING);
  }

  @ParameterizedTest(name = "min-version {0}")
  @ValueSource(strings = {"0", "1", ""})
  void anUnrecordedVersionSatisfiesNoRequirement(String min, KubernetesClient client) {
    try (var other = new Tenant(client)) {
      other.unseenDatabase("unseen");
      other.database("unrecorded", null);
      other.awaitPoliciesSeeDatabases();

      assertThat(verdicts(other, Program.requiring("a", "unseen", min))).containsOnly(HELD);
      assertThat(verdicts(other, Program.requiring("b", "unrecorded", min))).containsOnly(HELD);
    }
  }

  @Test
  void aRecordedVersionIsValidOnlyForTheObservedGeneration() {
    proven("13");
    var merge = PatchContext.of(PatchType.JSON_MERGE);
    var changed = tenant.schemaVersion("db", "13").patch(merge, "{\"spec\":{\"version\":\"14\"}}");
    tenant.awaitPoliciesSeeDatabases();

    assertThat(verdicts(Program.requiring("p", "db", "13"))).containsOnly(HELD);

    tenant.record("db", "13", changed.getMetadata().getGeneration());
    tenant.awaitPoliciesSeeDatabases();

    assertThat(verdicts(Program.requiring("p", "db", "13"))).containsOnly(GOING);
  }

  @Test
  void aSchemaVersionBeingDeletedSatisfiesNoRequirement() {
    proven("13");
    var merge = PatchContext.of(PatchType.JSON_MERGE);
    var finalizer = "{\"metadata\":{\"finalizers\":[\"schemaversion.dev/test\"]}}";
    tenant.schemaVersion("db", "13").patch(merge, finalizer);
    tenant.schemaVersion("db", "13").delete();
    tenant.awaitPoliciesSeeDatabases();

    var verdicts = verdicts(Program.requiring("p", "db", "13"));
    tenant.schemaVersion("db", "13").patch(merge, "{\"metadata\":{\"finalizers\":null}}");

    assertThat(verdicts).containsOnly(HELD);
  }

  @Test
  void aSchemaVersionOfAnotherNamespaceSatisfiesNoRequirement(KubernetesClient client) {
    try (var neighbour = new Tenant(client)) {
      neighbour.database("theirs", "13");
      neighbour.awaitPoliciesSeeDatabases();

      assertThat(verdicts(Program.requiring("p", "theirs", "13"))).containsOnly(HELD);
    }
  }

  private static void proven(String version) {
    proven(version, null);
  }

  private static void proven(String version, String target) {
    var present = tenant.schemaVersion("db", "13").get();
    var generation =
        (present == null ? tenant.unseenDatabase("db") : present).getMetadata().getGeneration();
    tenant.record("db", version, target, generation);
    tenant.awaitPoliciesSeeDatabases();
  }

  /** A program with an empty label, whose requirements are in the annotation. */
  private static Deployment further(String requirements) {
    return Program.together(Program.labelled(""), Program.further(requirements))
        .apply(Program.deployment("p"));
  }

  private static List<Verdict> verdicts(Deployment program) {
    return verdicts(tenant, program);
  }

  /**
   * The verdicts on the Deployment, and on a pod that another controller creates from its template.
   */
  private static List<Verdict> verdicts(Tenant tenant, Deployment program) {
    return List.of(tenant.rehearse(program), tenant.rehearse(Program.pod(program)));
  }
}
