package dev.schemaversion.decide;

import static dev.schemaversion.decide.SimulatedClusters.refuted;
import static dev.schemaversion.decide.SimulatedClusters.schema;
import static dev.schemaversion.decide.SimulatedClusters.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Schema;
import dev.schemaversion.contract.Step;
import java.time.Duration;

/** Looks at the schema of a database at 13, and what they find. */
public final class DriftFixtures {
  /** What others have made of the schema. */
  public static final Schema CHANGED = schema("an index dropped");

  /** By default a look is due within an hour and a tenth of it, whichever the resource. */
  private static final Duration LATER = Duration.ofMinutes(67);

  private DriftFixtures() {}

  /** A look at the schema is on its way. */
  public static SimulatedCluster looking(SimulatedCluster cluster) {
    var due = cluster.later(LATER).settle();
    assertThat(due.activeJob().step()).isEqualTo(Step.VERIFY);
    return due.starts();
  }

  /** An index was dropped by hand, and that was found. */
  public static SimulatedCluster drifted(SimulatedCluster cluster) {
    return looking(cluster)
        .ends(seen(CHANGED))
        .settle()
        .ends(refuted(Step.PROVE, Outcome.DRIFTED, "13", CHANGED))
        .settle();
  }
}
