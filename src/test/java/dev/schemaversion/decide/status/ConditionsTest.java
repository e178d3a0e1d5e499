package dev.schemaversion.decide.status;

import static dev.schemaversion.decide.RunnerReports.synced;
import static dev.schemaversion.decide.SimulatedClusters.applied;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.baselined;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.HeldWorkload;
import dev.schemaversion.decide.RunnerReports;
import dev.schemaversion.decide.SimulatedCluster;
import dev.schemaversion.decide.SimulatedClusters;
import dev.schemaversion.decide.gate.Workload;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The conditions and their messages. */
class ConditionsTest {
  private static final String NOON = "2026-03-01T12:00:00Z";
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  @Test
  void everyConditionIsSetFromTheFirstPassOn() {
    assertThat(applied().next().status().conditions())
        .extracting(Condition::getType)
        .containsExactlyElementsOf(
            Arrays.stream(ConditionType.values()).map(ConditionType::name).toList());
  }

  @Test
  void aConditionHasTheObservedGeneration() {
    var changed = atThirteen().patch("spec: {version: '14'}").next().status();

    assertThat(changed.observedGeneration()).isEqualTo(2);
    assertThat(changed.conditions()).extracting(Condition::getObservedGeneration).containsOnly(2L);
  }

  @Test
  void aConditionKeepsItsTransitionTimeUntilItsStatusChanges() {
    var first = applied().settle();
    var ready = first.later(A_MINUTE).waitsFor("ErrImagePull: no such image").settle();

    assertThat(ready.condition(ConditionType.Ready).getReason()).isEqualTo("JobPending");
    assertThat(ready.condition(ConditionType.Ready).getLastTransitionTime())
        .isEqualTo("2026-03-01T12:00:00Z");

    var there =
        ready.ends(RunnerReports.foundEmpty()).settle().later(A_MINUTE).ends(synced("13", 13));
    assertThat(there.settle().condition(ConditionType.Ready).getLastTransitionTime())
        .isEqualTo("2026-03-01T12:02:00Z");
    assertThat(there.settle().condition(ConditionType.Baselined).getLastTransitionTime())
        .isEqualTo("2026-03-01T12:01:00Z");
  }

  @Test
  void onlyTheConditionOfTheCurrentStepHasItsMessage() {
    var waiting = applied().settle().waitsFor("ErrImagePull: no such image").settle();

    assertThat(waiting.condition(ConditionType.Baselined).getReason()).isEqualTo("JobPending");
    assertThat(waiting.condition(ConditionType.Synced).getReason()).isEqualTo("SyncPending");
    assertThat(waiting.condition(ConditionType.Synced).getMessage()).isEqualTo("not done yet");
    assertThat(waiting.condition(ConditionType.Baselined).getMessage())
        .startsWith("Job glance-baseline-")
        .endsWith("-1 has not started: ErrImagePull: no such image");
  }

  @Test
  void theMessageOfARunningJobHasTheCommandForItsLog() {
    var running = baselined().starts().settle();

    assertThat(running.condition(ConditionType.Reconciling).getMessage())
        .contains("kubectl logs job/" + running.activeJob().name());
  }

  @Test
  void heldWorkloadsAreListedInOrderWithTheirVerdicts() {
    var cluster =
        baselined()
            .workloads(
                List.of(
                    deployment("registry", "13"),
                    deployment("api", null),
                    new Workload(
                        "Deployment", "free", SimulatedClusters.needs("13", null), false)));
    var status = cluster.settle().status();

    assertThat(status.held()).isEqualTo(2);
    assertThat(status.workloads())
        .containsExactly(
            new HeldWorkload("Deployment", "api", null, "MinVersionInvalid", NOON),
            new HeldWorkload("Deployment", "registry", "13", "VersionUnknown", NOON));
    assertThat(SimulatedCluster.condition(status, ConditionType.Released).getMessage())
        .isEqualTo(
            "the gate holds: Deployment api (MinVersionInvalid), Deployment registry (VersionUnknown)");
  }

  @Test
  void theVerdictFollowsTheVersion() {
    var cluster = atThirteen().workloads(List.of(deployment("registry", "14"))).settle();

    assertThat(cluster.status().workloads())
        .extracting(HeldWorkload::verdict)
        .containsExactly("VersionTooLow");
    // Anyone's label could hold something: that does not make the database less ready.
    assertThat(cluster.condition(ConditionType.Ready).getStatus()).isEqualTo("True");
    assertThat(cluster.condition(ConditionType.Released).getReason()).isEqualTo("WorkloadsHeld");
  }

  @Test
  void atMostFiftyWorkloadsAreListedAndAllAreCounted() {
    var many =
        new ArrayList<>(
            IntStream.range(0, 120)
                .mapToObj(i -> deployment("registry-%03d".formatted(i), "14"))
                .toList());
    Collections.reverse(many);
    var cluster = atThirteen().workloads(many).settle();

    assertThat(cluster.status().held()).isEqualTo(120);
    assertThat(cluster.status().workloads())
        .hasSize(50)
        .extracting(HeldWorkload::name)
        .isSorted()
        .startsWith("registry-000");
    assertThat(cluster.condition(ConditionType.Released).getMessage())
        .endsWith("Deployment registry-004 (VersionTooLow), and others");
  }

  @Test
  void withoutHeldWorkloadsReleasedIsTrue() {
    assertThat(applied().settle().condition(ConditionType.Released).getStatus()).isEqualTo("True");
  }

  @Test
  void messagesFitIntoACondition() {
    var longest = "x".repeat(4_000);
    var cluster = applied().settle().waitsFor(longest).settle();

    assertThat(cluster.status().conditions())
        .allSatisfy(condition -> assertThat(condition.getMessage()).hasSizeLessThan(32_768));
  }

  private static Workload deployment(String name, String needs) {
    return new Workload("Deployment", name, SimulatedClusters.needs(needs, null), true);
  }
}
