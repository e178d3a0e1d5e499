package dev.schemaversion.decide;

import static dev.schemaversion.decide.SimulatedClusters.OTHER_MIGRATIONS;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;

import dev.schemaversion.decide.gate.RecordedVersion;
import dev.schemaversion.decide.gate.Verdict;
import java.time.Duration;

/** A sync on its way from 13 to 14, and what the gate says of workloads meanwhile. */
public final class UpgradeFixtures {
  /** Any next attempt is due by then. */
  public static final Duration AN_HOUR = Duration.ofHours(1);

  private UpgradeFixtures() {}

  /** 14 is wanted, and its migrations are there. */
  public static SimulatedCluster higher() {
    return atThirteen().migrations(OTHER_MIGRATIONS).patch("spec: {version: '14'}");
  }

  /** The sync's Job is there. */
  public static SimulatedCluster begun() {
    return higher().settle();
  }

  /** The sync's Job runs. */
  public static SimulatedCluster syncing() {
    return begun().starts();
  }

  public static boolean released(SimulatedCluster cluster, String min, String max) {
    return verdict(cluster, min, max).satisfied();
  }

  public static Verdict verdict(SimulatedCluster cluster, String min, String max) {
    return Verdict.of(
        SimulatedClusters.needs(min, max), any -> RecordedVersion.in(cluster.resource()));
  }
}
