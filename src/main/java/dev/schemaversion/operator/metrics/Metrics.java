package dev.schemaversion.operator.metrics;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.Operation;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Exports the operator's metrics, which Prometheus scrapes at {@code /q/metrics}. */
// Quarkus still has the older of Micrometer's two registries for Prometheus.
@SuppressWarnings("deprecation")
@Singleton
public class Metrics {
  private static final double NANOS_PER_SECOND = 1e9;

  private final MeterRegistry meters;
  private volatile Supplier<Stream<SchemaVersion>> cache = Stream::empty;
  private volatile boolean leading;

  Metrics(PrometheusMeterRegistry meters, Clock clock, ResourceSeries series) {
    this.meters = meters;
    // Registers with the registry that is scraped. Injection would return another one.
    meters.getPrometheusRegistry().register(new StatusMetrics(this::resources, clock, series));
  }

  /** Sets the source of the resources. */
  public void readFrom(Supplier<Stream<SchemaVersion>> resources) {
    cache = resources;
  }

  /**
   * Returns the resources in the leader, and none in the other replicas: sums over all replicas
   * would count each resource more than once.
   */
  private Stream<SchemaVersion> resources() {
    return leading ? cache.get() : Stream.empty();
  }

  /** Records the durations of the Jobs that a status written by this replica adds. */
  public void recorded(SchemaVersionStatus before, SchemaVersionStatus after) {
    leading = true;
    var known = operations(before).stream().map(Operation::job).collect(Collectors.toSet());
    operations(after).stream()
        .filter(operation -> operation.seconds() != null && !known.contains(operation.job()))
        .forEach(this::time);
  }

  private void time(Operation operation) {
    Timer.builder("schemaversion.job.duration")
        .description("The duration of runners by step and outcome.")
        .tag("step", operation.step())
        .tag("outcome", operation.reason())
        .register(meters)
        .record(Duration.ofNanos(Math.round(operation.seconds() * NANOS_PER_SECOND)));
  }

  private static List<Operation> operations(SchemaVersionStatus status) {
    return status == null
        ? List.of()
        : Objects.requireNonNullElse(status.history(), List.<Operation>of());
  }
}
