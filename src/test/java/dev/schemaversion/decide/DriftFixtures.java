package dev.schemaversion.decide;

import static dev.schemaversion.decide.RunnerReports.refuted;
import static dev.schemaversion.decide.RunnerReports.schema;
import static dev.schemaversion.decide.RunnerReports.verified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Schema;
import dev.schemaversion.contract.Step;
import java.time.Duration;

/** Verifications of a database at version 13. */
public final class DriftFixtures {
  /** A schema that others have changed. */
  public static final Schema CHANGED = schema("an index dropped");

  /** By default a verification is due after an hour plus at most a tenth. */
  private static final Duration UNTIL_DUE = Duration.ofMinutes(67);

  private DriftFixtures() {}

  /** Returns the cluster while a verify Job runs. */
  public static SimulatedCluster verifying(SimulatedCluster cluster) {
    var due = cluster.later(UNTIL_DUE).settle();
    assertThat(due.activeJob().step()).isEqualTo(Step.VERIFY);
    return due.starts();
  }

  /** Returns the cluster after a dropped index was detected and refuted. */
  public static SimulatedCluster drifted(SimulatedCluster cluster) {
    return verifying(cluster)
        .ends(verified(CHANGED))
        .settle()
        .ends(refuted(Step.PROVE, Outcome.DRIFTED, "13", CHANGED))
        .settle();
  }
}
