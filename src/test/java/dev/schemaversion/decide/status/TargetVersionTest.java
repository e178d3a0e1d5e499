package dev.schemaversion.decide.status;

import static dev.schemaversion.decide.SimulatedClusters.atThirteen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Step;
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

/** Which version the gate is told that a sync is about to go to, beside the one recorded. */
class TargetVersionTest {
  static Stream<Arguments> clusters() {
    return Stream.of(
        Arguments.of("all is as wanted", atThirteen(), null),
        Arguments.of("a sync is about to be made", wanting("14"), "14"),
        Arguments.of("it waits to be started", wanting("14").settle(), "14"),
        Arguments.of("it runs", syncing(), "14"),
        Arguments.of("it runs, and less is wanted", syncing().patch("spec: {version: '13'}"), "14"),
        Arguments.of("it runs, and more is wanted", syncing().patch("spec: {version: '15'}"), "14"),
        Arguments.of("it runs, and nothing new is to start", suspended(syncing()), "14"),
        Arguments.of("nothing new is to start", suspended(wanting("14")), null),
        Arguments.of(
            "it said what it has done",
            suspended(syncing().ends(SimulatedClusters.failed(Step.SYNC, Outcome.LOCK_BUSY))),
            null),
        Arguments.of("nobody knows what it has done", suspended(lost()), "14"),
        Arguments.of("nor then, and less is wanted", lost().patch("spec: {version: '13'}"), "14"),
        Arguments.of("nor then, and more is wanted", lost().patch("spec: {version: '15'}"), "15"),
        Arguments.of("another resource moves the database", older("15"), "15"),
        Arguments.of("another resource wants less", older("9"), "9"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("clusters")
  void isTheHighestVersionThatTheDatabaseMayReach(
      String when, SimulatedCluster cluster, String target) {
    var status = cluster.settle().status();

    assertThat(status.target()).isEqualTo(target);
    assertThat(status.targetSince() == null).isEqualTo(target == null);
  }

  @Test
  void sinceWhenItIsAnnouncedStaysWhileItDoes() {
    var announced = wanting("14").settle();

    var later = announced.later(Duration.ofMinutes(1)).starts().settle();

    assertThat(later.status().targetSince()).isEqualTo(announced.status().targetSince());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "yesterday"})
  void whereItIsNotKnownSinceWhenItCountsFromNow(String since) {
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

  private static SimulatedCluster lost() {
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
        .sharing(other.resource());
  }
}
