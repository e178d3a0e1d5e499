package dev.schemaversion.decide.gate;

import static dev.schemaversion.api.v1alpha1.Names.MIN_VERSION;
import static dev.schemaversion.api.v1alpha1.Names.REQUIREMENTS;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static dev.schemaversion.decide.SimulatedClusters.needs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.HeldWorkload;
import dev.schemaversion.decide.Action;
import dev.schemaversion.decide.SimulatedCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The workloads that a status lists as held, and their Events. */
class HeldWorkloadsTest {
  private static final String NOON = "2026-03-01T12:00:00Z";

  @Test
  void aWorkloadIsOneEntryForAllItsHeldPods() {
    var held =
        held(
            atThirteen()
                .workloads(
                    List.of(
                        new Workload("StatefulSet", "db", needs("14", "15"), true),
                        new Workload("StatefulSet", "db", needs("14", "15"), true),
                        new Workload("Deployment", "db", needs("14", null), true))));

    assertThat(held)
        .containsExactly(
            new HeldWorkload("Deployment", "db", "14", "VersionTooLow", NOON),
            new HeldWorkload("StatefulSet", "db", "14-15", "VersionTooLow", NOON));
  }

  @Test
  void ofPodsOfTwoRevisionsTheUnsatisfiedOneIsListed() {
    var held =
        held(
            atThirteen()
                .workloads(
                    List.of(
                        new Workload("DaemonSet", "agent", needs("13", null), true),
                        new Workload("DaemonSet", "agent", needs("9", "12"), true))));

    assertThat(held)
        .containsExactly(new HeldWorkload("DaemonSet", "agent", "9-12", "VersionTooHigh", NOON));
  }

  @Test
  void theTimeSinceItIsHeldStaysWhenTheVerdictChanges() {
    var first =
        atThirteen()
            .workloads(List.of(new Workload("Job", "report", needs("14", null), true)))
            .settle();
    var later =
        first
            .later(Duration.ofMinutes(5))
            .workloads(
                List.of(
                    new Workload("Job", "report", needs("9", "12"), true),
                    new Workload("Job", "import", needs("9", "12"), true)))
            .settle();

    assertThat(later.status().workloads())
        .containsExactly(
            new HeldWorkload("Job", "import", "9-12", "VersionTooHigh", "2026-03-01T12:05:00Z"),
            new HeldWorkload("Job", "report", "9-12", "VersionTooHigh", NOON));
  }

  @Test
  void passingTimeChangesNothing() {
    var cluster =
        atThirteen()
            .workloads(List.of(new Workload("Job", "report", needs("14", null), true)))
            .settle();

    assertThat(cluster.later(Duration.ofSeconds(90)).next().status()).isEqualTo(cluster.status());
  }

  @Test
  void aWorkloadThatOnlyAnotherResourceHoldsIsNotListed() {
    var satisfiedHere =
        WorkloadRequirements.read("glance", Map.of(MIN_VERSION, "13", REQUIREMENTS, "nova=4"));
    var neither =
        WorkloadRequirements.read("glance", Map.of(MIN_VERSION, "14", REQUIREMENTS, "nova=4"));

    assertThat(
            held(
                atThirteen()
                    .workloads(
                        List.of(
                            new Workload("Deployment", "api", satisfiedHere, true),
                            new Workload("Deployment", "registry", neither, true)))))
        .containsExactly(new HeldWorkload("Deployment", "registry", "14", "VersionTooLow", NOON));
  }

  @Test
  void aSatisfiedWorkloadIsListedUntilItIsReleased() {
    assertThat(
            held(
                atThirteen()
                    .workloads(
                        List.of(new Workload("Deployment", "api", needs("13", null), true)))))
        .extracting(HeldWorkload::verdict)
        .containsExactly("RolloutReleased");
  }

  @Test
  void anInvalidRequirementIsListedOnTheResourceOfTheLabel() {
    var unreadable =
        WorkloadRequirements.read("glance", Map.of(MIN_VERSION, "13", REQUIREMENTS, "nova"));

    assertThat(
            held(
                atThirteen()
                    .workloads(List.of(new Workload("Deployment", "api", unreadable, true)))))
        .containsExactly(new HeldWorkload("Deployment", "api", "13", "RequirementsInvalid", NOON));
  }

  /** As a cache may still show it after its label was changed. */
  @Test
  void aWorkloadThatNowRequiresAnotherResourceIsNotListed() {
    var moved = WorkloadRequirements.read("nova", Map.of(MIN_VERSION, "99"));

    assertThat(
            held(atThirteen().workloads(List.of(new Workload("Deployment", "api", moved, true)))))
        .isEmpty();
  }

  @Test
  void holdingAndReleasingEmitOneEventEach() {
    var waits = new Workload("Job", "report", needs("14", null), true);
    var newlyHeld = atThirteen().workloads(List.of(waits));
    var other = new Workload("Job", "report", needs("9", "12"), true);

    assertThat(events(newlyHeld))
        .containsExactly("VersionTooLow the gate holds Job report, which requires 14");
    assertThat(events(newlyHeld.settle())).isEmpty();
    assertThat(events(newlyHeld.settle().workloads(List.of(other))))
        .containsExactly("VersionTooHigh the gate holds Job report, which requires 9-12");
    assertThat(events(newlyHeld.settle().workloads(List.of())))
        .containsExactly("RolloutReleased the gate has released Job report");
    assertThat(events(newlyHeld.settle().workloads(List.of()).settle())).isEmpty();
  }

  @Test
  void atMostFiftyEventsAreEmitted() {
    var many =
        IntStream.range(0, 100)
            .mapToObj(i -> new Workload("Job", "report-%02d".formatted(i), needs("14", null), true))
            .toList();

    assertThat(events(atThirteen().workloads(many))).hasSize(50);
  }

  private static List<String> events(SimulatedCluster cluster) {
    return cluster.next().actions().stream()
        .map(Action.EmitEvent.class::cast)
        .map(event -> event.reason() + " " + event.note())
        .toList();
  }

  private static List<HeldWorkload> held(SimulatedCluster cluster) {
    var status = cluster.settle().status();
    assertThat(status.held()).isEqualTo(status.workloads().size());
    return status.workloads();
  }
}
