package dev.schemaversion.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.Names;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The invariants of a {@link RandomCluster}, which compare its status with the actual databases.
 */
record RandomClusterInvariants(
    SimulatedCluster cluster,
    RandomDatabases databases,
    Map<String, RandomDatabases.Request> requests,
    List<String> events) {

  /** Checks the invariants. */
  void check(Random random) {
    var log = String.join("\n", events);
    var status = cluster.status();
    var spec = cluster.resource().getSpec();
    int actual = databases.version(spec.database().host());
    var active = cluster.jobs().stream().filter(ObservedJob::active).toList();

    assertThat(active).as("active Jobs\n%s", log).hasSizeLessThan(2);
    assertThat(cluster.resource().getMetadata().getFinalizers().contains(Names.FINALIZER))
        .as("finalizer while a Job runs\n%s", log)
        .isEqualTo(!active.isEmpty());
    if (status.version() != null) {
      assertThat(Integer.parseInt(status.version()))
          .as("recorded version\n%s", log)
          .isLessThanOrEqualTo(actual);
    }
    if (is(ConditionType.Ready)) {
      assertThat(spec.version()).as("Ready\n%s", log).isEqualTo(status.version());
      assertThat(actual).as("Ready\n%s", log).isEqualTo(Integer.parseInt(spec.version()));
      assertThat(is(ConditionType.Proven)).as("Ready and Proven\n%s", log).isTrue();
      assertThat(is(ConditionType.Stalled)).as("Ready and Stalled\n%s", log).isFalse();
      assertThat(is(ConditionType.Reconciling)).as("Ready and Reconciling\n%s", log).isFalse();
    }
    if (spec.driftOrDefault().holds() && !is(ConditionType.Proven)) {
      assertThat(status.version()).as("onDrift: Hold\n%s", log).isNull();
    }
    for (var job : active) {
      if (job.step() == Step.SYNC && job.state() == State.PENDING && spec.requiresApproval()) {
        assertThat(requests.get(job.name()).approved()).as("approved\n%s", log).isNotNull();
      }
    }
    checkOrderOfJobs(log, random);
  }

  private void checkOrderOfJobs(String log, Random random) {
    var shuffled = new ArrayList<>(cluster.jobs());
    Collections.shuffle(shuffled, random);
    assertThat(cluster.jobs(shuffled).next())
        .as("independent of the order of Jobs in the cache\n%s", log)
        .isEqualTo(cluster.next());
  }

  private boolean is(ConditionType type) {
    return cluster.condition(type).getStatus().equals("True");
  }
}
