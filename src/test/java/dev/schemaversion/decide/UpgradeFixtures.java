package dev.schemaversion.decide;

import static dev.schemaversion.decide.SimulatedClusters.OTHER_MIGRATIONS;
import static dev.schemaversion.decide.SimulatedClusters.atThirteen;

import dev.schemaversion.decide.gate.RecordedVersion;
import dev.schemaversion.decide.gate.Verdict;
import java.time.Duration;

/** A sync from 13 to 14, and the verdicts of the gate meanwhile. */
public final class UpgradeFixtures {
  /** Longer than any back-off. */
  public static final Duration AN_HOUR = Duration.ofHours(1);

  private UpgradeFixtures() {}

  /** Returns a cluster at 13 that wants 14. */
  public static SimulatedCluster wantsFourteen() {
    return atThirteen().migrations(OTHER_MIGRATIONS).patch("spec: {version: '14'}");
  }

  /** Returns the cluster with the created sync Job. */
  public static SimulatedCluster syncCreated() {
    return wantsFourteen().settle();
  }

  /** Returns the cluster with the running sync Job. */
  public static SimulatedCluster syncing() {
    return syncCreated().starts();
  }

  public static boolean released(SimulatedCluster cluster, String min, String max) {
    return verdict(cluster, min, max).satisfied();
  }

  public static Verdict verdict(SimulatedCluster cluster, String min, String max) {
    return Verdict.of(
        SimulatedClusters.needs(min, max), any -> RecordedVersion.in(cluster.resource()));
  }
}
