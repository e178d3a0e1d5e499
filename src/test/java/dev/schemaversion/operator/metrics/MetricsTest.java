package dev.schemaversion.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A scrape shows the metrics of the statuses, in the leader only. */
// Quarkus still has the older of Micrometer's two registries for Prometheus.
@SuppressWarnings("deprecation")
class MetricsTest {
  private static final String READY =
      """
      observedGeneration: 1
      version: "9"
      held: 2
      conditions:
      - {type: Ready, status: "False", reason: Drifted}
      - {type: Synced, status: "True", reason: Synced}
      - {type: Proven, status: Unknown, reason: ProofPending}
      proof: {verdict: Different, differences: 3}
      workloads:
      - {kind: Deployment, name: one, since: "2026-03-01T11:58:20Z"}
      - {kind: Deployment, name: two, since: "2026-03-01T11:59:50Z"}
      history:
      - {job: glance-sync-1, step: sync, reason: Succeeded, seconds: 1.5}
      """;

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  private final List<SchemaVersion> resources = new ArrayList<>();
  private PrometheusMeterRegistry meters;
  private Metrics metrics;

  @BeforeEach
  void prepare() {
    create(ResourceSeries.All);
  }

  private void create(ResourceSeries series) {
    meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    metrics = new Metrics(meters, NOON, series);
    metrics.readFrom(resources::stream);
  }

  @Test
  void aResourceHasOneSeriesForEachKnownValue() {
    resources.add(resource("glance", READY));
    metrics.recorded(null, SchemaVersionStatus.NONE);

    assertThat(ours())
        .containsExactlyInAnyOrder(
            "schemaversion_info{namespace=\"ns\",name=\"glance\",version=\"9\",wanted=\"13\",} 1.0",
            "schemaversion_condition{namespace=\"ns\",name=\"glance\",type=\"Ready\",reason=\"Drifted\",} 0.0",
            "schemaversion_condition{namespace=\"ns\",name=\"glance\",type=\"Synced\",reason=\"Synced\",} 1.0",
            "schemaversion_condition{namespace=\"ns\",name=\"glance\",type=\"Proven\",reason=\"ProofPending\",} -1.0",
            "schemaversion_pending_migrations{namespace=\"ns\",name=\"glance\",} 0.0",
            "schemaversion_drift_objects{namespace=\"ns\",name=\"glance\",} 3.0",
            "schemaversion_held_workloads{namespace=\"ns\",name=\"glance\",} 2.0",
            "schemaversion_held_seconds{namespace=\"ns\",name=\"glance\",} 100.0");
  }

  @Test
  void anUnknownValueHasNoSeries() {
    resources.add(resource("new", "observedGeneration: -1"));
    metrics.recorded(null, SchemaVersionStatus.NONE);

    assertThat(ours())
        .containsExactlyInAnyOrder(
            "schemaversion_info{namespace=\"ns\",name=\"new\",version=\"\",wanted=\"13\",} 1.0",
            "schemaversion_held_workloads{namespace=\"ns\",name=\"new\",} 0.0",
            "schemaversion_held_seconds{namespace=\"ns\",name=\"new\",} 0.0");
  }

  @Test
  void withProblemsAloneASettledResourceHasOneSeries() {
    create(ResourceSeries.Problems);
    resources.add(
        resource(
            "settled",
            """
            version: "13"
            held: 0
            conditions:
            - {type: Ready, status: "True", reason: AtVersion}
            - {type: Reconciling, status: "False", reason: AtVersion}
            - {type: Stalled, status: "False", reason: AtVersion}
            - {type: Synced, status: "True", reason: Synced}
            - {type: Proven, status: "True", reason: Proven}
            proof: {verdict: Equal, differences: 0}
            """));
    metrics.recorded(null, SchemaVersionStatus.NONE);

    assertThat(ours())
        .containsExactly(
            "schemaversion_info{namespace=\"ns\",name=\"settled\",version=\"13\",wanted=\"13\",} 1.0");
  }

  @Test
  void withProblemsAloneEachConditionAndCountThatIsNotAsItShouldBeHasASeries() {
    create(ResourceSeries.Problems);
    resources.add(resource("glance", READY));
    metrics.recorded(null, SchemaVersionStatus.NONE);

    assertThat(ours())
        .containsExactlyInAnyOrder(
            "schemaversion_info{namespace=\"ns\",name=\"glance\",version=\"9\",wanted=\"13\",} 1.0",
            "schemaversion_condition{namespace=\"ns\",name=\"glance\",type=\"Ready\",reason=\"Drifted\",} 0.0",
            "schemaversion_condition{namespace=\"ns\",name=\"glance\",type=\"Proven\",reason=\"ProofPending\",} -1.0",
            "schemaversion_drift_objects{namespace=\"ns\",name=\"glance\",} 3.0",
            "schemaversion_held_workloads{namespace=\"ns\",name=\"glance\",} 2.0",
            "schemaversion_held_seconds{namespace=\"ns\",name=\"glance\",} 100.0");
  }

  @Test
  void aPlanCountsThePendingMigrations() {
    resources.add(resource("planned", "plan: {count: 4}"));
    metrics.recorded(null, SchemaVersionStatus.NONE);

    assertThat(ours())
        .contains("schemaversion_pending_migrations{namespace=\"ns\",name=\"planned\",} 4.0");
  }

  @Test
  void aDeletedResourceHasNoSeries() {
    resources.add(resource("glance", READY));
    metrics.recorded(null, SchemaVersionStatus.NONE);
    resources.clear();

    assertThat(ours()).isEmpty();
  }

  @Test
  void aReplicaOnStandbyExportsNoSeries() {
    resources.add(resource("glance", READY));

    assertThat(ours()).isEmpty();
  }

  @Test
  void theDurationOfEachJobIsRecordedOnce() {
    var recorded = resource("glance", READY).getStatus();
    metrics.recorded(null, recorded);
    metrics.recorded(recorded, recorded);

    assertThat(ours())
        .contains(
            "schemaversion_job_duration_seconds_count{outcome=\"Succeeded\",step=\"sync\",} 1.0",
            "schemaversion_job_duration_seconds_sum{outcome=\"Succeeded\",step=\"sync\",} 1.5");
  }

  @Test
  void aJobWithoutADurationIsNotCounted() {
    metrics.recorded(
        null, resource("g", "history: [{job: j, step: sync, reason: RunnerLost}]").getStatus());

    assertThat(ours()).isEmpty();
  }

  private List<String> ours() {
    return meters.scrape().lines().filter(line -> line.startsWith("schemaversion_")).toList();
  }

  private static SchemaVersion resource(String name, String status) {
    var resource =
        Serialization.unmarshal(
            "metadata: {namespace: ns, name: %s}\nspec: {version: '13'}".formatted(name),
            SchemaVersion.class);
    resource.setStatus(Serialization.unmarshal(status, SchemaVersionStatus.class));
    return resource;
  }
}
