package dev.schemaversion.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import java.util.List;

/**
 * A line of the tables: a world, and what is decided in it.
 *
 * @param name what happens, in a sentence
 * @param ready Ready and its reason, then Reconciling or Stalled if one is True
 */
record DecisionCase(String name, SimulatedCluster cluster, String ready, List<String> actions) {
  public static DecisionCase row(
      String name, SimulatedCluster cluster, String ready, String... actions) {
    return new DecisionCase(name, cluster, ready, List.of(actions));
  }

  public void isDecided() {
    var decision = cluster.next();

    assertThat(standing(decision)).isEqualTo(ready);
    assertThat(DecisionText.of(decision.actions())).containsExactlyElementsOf(actions);
    assertThat(decision.status().observedGeneration())
        .isEqualTo(cluster.resource().getMetadata().getGeneration());
  }

  /** Once it is carried out there is nothing more to decide. */
  public void comesToRest() {
    var settled = cluster.settle();

    assertThat(settled.next().actions()).isEmpty();
    assertThat(settled.next().status()).isEqualTo(settled.status());
  }

  private static String standing(Decision decision) {
    var standing = new StringBuilder();
    var ready = SimulatedCluster.condition(decision.status(), ConditionType.Ready);
    standing.append(ready.getStatus()).append(' ').append(ready.getReason());
    for (var type : List.of(ConditionType.Reconciling, ConditionType.Stalled)) {
      if (SimulatedCluster.condition(decision.status(), type).getStatus().equals("True")) {
        standing.append(' ').append(type);
      }
    }
    return standing.toString();
  }

  @Override
  public String toString() {
    return name;
  }
}
