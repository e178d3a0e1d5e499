package dev.schemaversion.decide.status;

import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.RunnerReports;
import dev.schemaversion.decide.SimulatedCluster;
import dev.schemaversion.decide.SimulatedClusters;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The target version in the status, for each state of a sync. */
class TargetVersionTest {
  static Stream<Arguments> clusters() {
    return Stream.of(
        Arguments.of("the database is at the wanted version", atThirteen(), null),
        Arguments.of("the sync Job is about to be created", wanting("14"), "14"),
        Arguments.of("the sync Job is pending", wanting("14").settle(), "14"),
        Arguments.of("the sync runs", syncing(), "14"),
        Arguments.of(
            "the sync runs, and a lower version is wanted",
            syncing().patch("spec: {version: '13'}"),
            "14"),
        Arguments.of(
            "the sync runs, and a higher version is wanted",
            syncing().patch("spec: {version: '15'}"),
            "14"),
        Arguments.of("the sync runs, and the resource is suspended", suspended(syncing()), "14"),
        Arguments.of("the resource is suspended", suspended(wanting("14")), null),
        Arguments.of(
            "the sync has reported its result",
            suspended(syncing().ends(RunnerReports.failed(Step.SYNC, Outcome.LOCK_BUSY))),
            null),
        Arguments.of("the result of the sync is unknown", suspended(interrupted()), "14"),
        Arguments.of(
            "the result of the sync is unknown, and a lower version is wanted",
            interrupted().patch("spec: {version: '13'}"),
            "14"),
        Arguments.of(
            "the result of the sync is unknown, and a higher version is wanted",
            interrupted().patch("spec: {version: '15'}"),
            "15"),
        Arguments.of("an older resource wants a higher version", older("15"), "15"),
        Arguments.of("an older resource wants a lower version", older("9"), "9"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("clusters")
  void theTargetIsTheHighestVersionThatTheDatabaseMayReach(
      String when, SimulatedCluster cluster, String target) {
    var status = cluster.settle().status();

    assertThat(status.target()).isEqualTo(target);
    assertThat(status.targetSince() == null).isEqualTo(target == null);
  }

  @Test
  void theTimeOfTheAnnouncementStaysWhileTheTargetStays() {
    var announced = wanting("14").settle();

    var later = announced.later(Duration.ofMinutes(1)).starts().settle();

    assertThat(later.status().targetSince()).isEqualTo(announced.status().targetSince());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "yesterday"})
  void withoutAValidTimeTheAnnouncementCountsFromNow(String since) {
    var cluster = wanting("14").patch("status: {target: '14', targetSince: %s}".formatted(since));

    assertThat(cluster.next().status().targetSince())
        .satisfies(text -> assertThat(Instant.parse(text)).isEqualTo(cluster.now()));
  }

  private static SimulatedCluster wanting(String version) {
    return atThirteen()
        .migrations(SimulatedClusters.OTHER_MIGRATIONS)
        .patch("spec: {version: '%s'}".formatted(version));
  }

  private static SimulatedCluster syncing() {
    return wanting("14").settle().starts();
  }

  private static SimulatedCluster interrupted() {
    return syncing().dies("OOMKilled", 137);
  }

  private static SimulatedCluster suspended(SimulatedCluster cluster) {
    return cluster.patch("spec: {suspend: true}");
  }

  private static SimulatedCluster older(String version) {
    var other =
        SimulatedClusters.applied()
            .patch(
                """
                metadata: {namespace: other, uid: other, creationTimestamp: '2026-02-01T00:00:00Z'}
                spec: {version: '%s'}
                """
                    .formatted(version));
    return atThirteen()
        .patch("metadata: {creationTimestamp: '2026-03-01T11:00:00Z'}")
        .sharedWith(other.resource());
  }
}
