package dev.schemaversion.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import java.util.List;

/**
 * A row of a decision table: a cluster, and the expected decision.
 *
 * @param name the case
 * @param cluster the observed cluster
 * @param ready the expected status and reason of Ready, then Reconciling or Stalled if one is True
 * @param actions the expected actions, as {@link DecisionText} formats them
 */
record DecisionCase(String name, SimulatedCluster cluster, String ready, List<String> actions) {
  public static DecisionCase row(
      String name, SimulatedCluster cluster, String ready, String... actions) {
    return new DecisionCase(name, cluster, ready, List.of(actions));
  }

  public void hasTheExpectedDecision() {
    var decision = cluster.next();

    assertThat(summary(decision)).isEqualTo(ready);
    assertThat(DecisionText.of(decision.actions())).containsExactlyElementsOf(actions);
    assertThat(decision.status().observedGeneration())
        .isEqualTo(cluster.resource().getMetadata().getGeneration());
  }

  /** Checks that the next pass after executing the decision decides nothing new. */
  public void settles() {
    var settled = cluster.settle();

    assertThat(settled.next().actions()).isEmpty();
    assertThat(settled.next().status()).isEqualTo(settled.status());
  }

  private static String summary(Decision decision) {
    var summary = new StringBuilder();
    var ready = SimulatedCluster.condition(decision.status(), ConditionType.Ready);
    summary.append(ready.getStatus()).append(' ').append(ready.getReason());
    for (var type : List.of(ConditionType.Reconciling, ConditionType.Stalled)) {
      if (SimulatedCluster.condition(decision.status(), type).getStatus().equals("True")) {
        summary.append(' ').append(type);
      }
    }
    return summary.toString();
  }

  @Override
  public String toString() {
    return name;
  }
}
