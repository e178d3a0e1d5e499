package dev.schemaversion.decide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.Reason;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.contract.Outcome;
import dev.schemaversion.decide.gate.Workload;
import dev.schemaversion.decide.specs.Crd;
import dev.schemaversion.decide.specs.Resources;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random resources from fixed seeds, valid and invalid: the API server may have stored resources
 * under an earlier CRD, and another release may have written their status.
 */
class RandomSpecsTest {
  private static final int SEEDS = 100;
  private static final int RESOURCES = 120;

  /** One of so many resources is also reconciled through several Jobs, which takes time. */
  private static final int CONTINUED = 10;

  private static final int RUNS = 3;
  private static final String NAME = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

  private static final Set<String> REASONS =
      Stream.concat(
              Arrays.stream(Reason.values()).map(Reason::name),
              Arrays.stream(Outcome.values()).map(Outcome::reason))
          .collect(Collectors.toSet());

  private final Map<String, Integer> counts = new TreeMap<>();

  @Test
  void eachResourceGetsADeterministicDecisionWithAReason() throws IOException {
    var crd = Crd.committed();
    for (int seed = 0; seed < SEEDS; seed++) {
      var resources = new Resources(crd, seed);
      for (int i = 0; i < RESOURCES; i++) {
        var written = resources.next();
        boolean valid = crd.accepts(written);
        count(valid ? "valid" : "invalid");
        try {
          var resource = read(written, valid);
          if (resource.isPresent()) {
            reconcile(resources, written, resource.get(), valid, i % CONTINUED == 0, new Random(i));
          }
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError("seed %d, resource %d: %s".formatted(seed, i, written), e);
        }
      }
    }
    System.out.println(counts);
    assertThat(counts.get("valid")).isGreaterThan(3000);
    assertThat(counts.get("invalid")).isGreaterThan(3000);
    assertThat(counts.get("reason InvalidRequest")).isGreaterThan(500);
    assertThat(counts.get("Jobs made")).isGreaterThan(1000);
  }

  /** Resources that cannot be parsed never reach the decision. */
  private Optional<SchemaVersion> read(ObjectNode written, boolean valid) {
    try {
      return Optional.of(Resources.read(written));
    } catch (IllegalArgumentException | KubernetesClientException e) {
      assertThat(valid).as("is valid and cannot be read: %s", e).isFalse();
      count("invalid, and not readable");
      return Optional.empty();
    }
  }

  private void reconcile(
      Resources resources,
      ObjectNode written,
      SchemaVersion resource,
      boolean valid,
      boolean continued,
      Random random) {
    var invalid = SpecValidation.problem(resource).isPresent();
    assertThat(valid && invalid).as("valid, and refused").isFalse();
    if (random.nextInt(4) > 0) {
      var status = resources.status(invalid ? null : Resources.address(resource));
      written.set("status", status);
      try {
        resource = Resources.read(written);
      } catch (IllegalArgumentException | KubernetesClientException e) {
        count("status not readable");
        return;
      }
    }
    var cluster = cluster(resource);
    for (int run = 0; run < (continued ? RUNS : 1); run++) {
      checkDecision(cluster, invalid);
      if (!continued || cluster.resource().getUnreadable() != null) {
        return;
      }
      cluster = cluster.settle();
      if (cluster.jobs().stream().noneMatch(ObservedJob::active)) {
        return;
      }
      cluster = ended(cluster.starts(), random);
    }
  }

  private void checkDecision(SimulatedCluster cluster, boolean invalid) {
    var decision = Decide.next(cluster.observed());
    assertThat(Decide.next(cluster.observed())).as("decided again").isEqualTo(decision);
    if (decision.status() == null) {
      assertThat(cluster.resource().getUnreadable()).startsWith("status");
      assertThat(decision.actions()).noneMatch(Action.CreateJob.class::isInstance);
      count("status not readable, and left alone");
      return;
    }
    var ready = SimulatedCluster.condition(decision.status(), ConditionType.Ready);
    assertThat(ready.getReason()).isIn(REASONS);
    assertThat(ready.getMessage()).isNotBlank();
    count("reason " + ready.getReason());
    for (var action : decision.actions()) {
      if (action instanceof Action.CreateJob create) {
        assertThat(invalid).as("a Job for what is invalid").isFalse();
        var job =
            SimulatedCluster.FACTORY.job(
                cluster.resource(),
                create.step(),
                create.attempt(),
                SimulatedClusters.MIGRATIONS,
                create.knownState());
        assertThat(job.getMetadata().getName()).matches(NAME);
        assertThat(job.getMetadata().getLabels().values())
            .allSatisfy(label -> assertThat(label).matches(NAME));
        count("Jobs made");
      }
    }
  }

  private static SimulatedCluster cluster(SchemaVersion resource) {
    return SimulatedClusters.applied()
        .withResource(resource)
        .workloads(
            List.of(
                new Workload("Deployment", "registry", SimulatedClusters.needs("9", "13"), true)));
  }

  private static SimulatedCluster ended(SimulatedCluster cluster, Random random) {
    var step = cluster.activeJob().step();
    return switch (random.nextInt(4)) {
      case 0 -> cluster.dies("OOMKilled", 137);
      case 1 -> cluster.ends(RunnerReports.failed(step, Outcome.MIGRATION_FAILED));
      default ->
          cluster.ends(
              switch (step) {
                case BASELINE -> RunnerReports.foundEmpty();
                case SYNC -> RunnerReports.synced(cluster.resource().getSpec().version(), 13);
                default -> RunnerReports.proved("13");
              });
    };
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }
}
