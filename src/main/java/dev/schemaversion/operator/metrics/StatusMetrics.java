package dev.schemaversion.operator.metrics;

import dev.schemaversion.api.v1alpha1.ConditionType;
import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.HeldWorkload;
import io.fabric8.kubernetes.api.model.Condition;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Computes metrics from the statuses at each scrape. So a deleted resource leaves no series, and
 * the metrics take no memory between scrapes. A resource has no series for an unknown value.
 */
final class StatusMetrics extends Collector {
  private static final List<String> RESOURCE = List.of("namespace", "name");

  private final Supplier<Stream<SchemaVersion>> resources;
  private final Clock clock;
  private final ResourceSeries series;

  StatusMetrics(Supplier<Stream<SchemaVersion>> resources, Clock clock, ResourceSeries series) {
    this.resources = resources;
    this.clock = clock;
    this.series = series;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    var families = new Families();
    resources
        .get()
        // A resource that cannot be parsed has no spec.
        .filter(resource -> resource.getSpec() != null)
        .forEach(
            resource -> {
              var labels = labels(resource);
              var status =
                  Objects.requireNonNullElse(resource.getStatus(), SchemaVersionStatus.NONE);
              families.info.addMetric(
                  with(labels, text(status.version()), resource.getSpec().version()), 1);
              for (var type : ConditionType.values()) {
                condition(status, type)
                    .filter(condition -> isShown(value(condition) == good(type)))
                    .ifPresent(
                        condition ->
                            families.condition.addMetric(
                                with(labels, type.name(), text(condition.getReason())),
                                value(condition)));
              }
              add(families.pending, labels, pending(status));
              add(families.drift, labels, drift(status));
              add(
                  families.held,
                  labels,
                  Optional.ofNullable(status.held()).or(() -> Optional.of(0)));
              add(families.heldSeconds, labels, Optional.of(longestHeld(status).toSeconds()));
            });
    return families.all();
  }

  private void add(
      GaugeMetricFamily family, List<String> labels, Optional<? extends Number> count) {
    count
        .map(Number::doubleValue)
        .filter(value -> isShown(value == 0))
        .ifPresent(value -> family.addMetric(labels, value));
  }

  private boolean isShown(boolean isAsItShouldBe) {
    return series == ResourceSeries.All || !isAsItShouldBe;
  }

  /** The value of a condition that is as it should be. */
  private static double good(ConditionType type) {
    return type == ConditionType.Stalled || type == ConditionType.Reconciling ? 0 : 1;
  }

  private static List<String> labels(SchemaVersion resource) {
    return List.of(resource.getMetadata().getNamespace(), resource.getMetadata().getName());
  }

  private static List<String> with(List<String> labels, String... more) {
    var all = new ArrayList<>(labels);
    all.addAll(List.of(more));
    return all;
  }

  private static String text(String value) {
    return Objects.requireNonNullElse(value, "");
  }

  private static Optional<Condition> condition(SchemaVersionStatus status, ConditionType type) {
    return Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
        .filter(condition -> condition.getType().equals(type.name()))
        .findFirst();
  }

  private static double value(Condition condition) {
    return switch (condition.getStatus()) {
      case "True" -> 1;
      case "False" -> 0;
      default -> -1;
    };
  }

  /** Returns the count of the plan, or 0 after a successful sync; otherwise it is unknown. */
  private static Optional<Integer> pending(SchemaVersionStatus status) {
    if (status.plan() != null) {
      return Optional.ofNullable(status.plan().count());
    }
    return condition(status, ConditionType.Synced)
        .filter(synced -> synced.getStatus().equals("True"))
        .map(synced -> 0);
  }

  private static Optional<Integer> drift(SchemaVersionStatus status) {
    return Optional.ofNullable(status.proof()).map(proof -> proof.differences());
  }

  private Duration longestHeld(SchemaVersionStatus status) {
    return Objects.requireNonNullElse(status.workloads(), List.<HeldWorkload>of()).stream()
        .filter(workload -> workload.since() != null)
        .map(workload -> Duration.between(Instant.parse(workload.since()), clock.instant()))
        .filter(Duration::isPositive)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** The metric families of one scrape. */
  private static final class Families {
    final GaugeMetricFamily info =
        family("info", "The proven version and the wanted version; always 1.", "version", "wanted");
    final GaugeMetricFamily condition =
        family("condition", "A condition: 1 True, 0 False, -1 Unknown.", "type", "reason");
    final GaugeMetricFamily pending =
        family("pending_migrations", "Migrations that are still to run; absent while unknown.");
    final GaugeMetricFamily drift =
        family("drift_objects", "Schema objects that differ in the last comparison.");
    final GaugeMetricFamily held = family("held_workloads", "Workloads that the gate holds.");
    final GaugeMetricFamily heldSeconds =
        family("held_seconds", "How long the longest-held workload has been held.");

    private static GaugeMetricFamily family(String name, String help, String... labels) {
      return new GaugeMetricFamily("schemaversion_" + name, help, with(RESOURCE, labels));
    }

    List<MetricFamilySamples> all() {
      return List.of(info, condition, pending, drift, held, heldSeconds);
    }
  }
}
