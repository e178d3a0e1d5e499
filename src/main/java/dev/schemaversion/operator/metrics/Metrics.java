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

/** What monitoring asks for, at {@code /q/metrics}. */
// Quarkus still has the older of Micrometer's two registries for Prometheus.
@SuppressWarnings("deprecation")
@Singleton
public class Metrics {
  private static final double NANOS_PER_SECOND = 1e9;

  private final MeterRegistry meters;
  private volatile Supplier<Stream<SchemaVersion>> cache = Stream::empty;
  private volatile boolean leading;

  Metrics(PrometheusMeterRegistry meters, Clock clock) {
    this.meters = meters;
    // Of the registry that is scraped: the one that can be injected is another.
    meters.getPrometheusRegistry().register(new StatusMetrics(this::resources, clock));
  }

  /** Where the resources are. */
  public void readFrom(Supplier<Stream<SchemaVersion>> resources) {
    cache = resources;
  }

  /** Each replica sees all resources; only the one that works tells, or sums would be double. */
  private Stream<SchemaVersion> resources() {
    return leading ? cache.get() : Stream.empty();
  }

  /** A status was written: Jobs that are new in it have ended. */
  public void recorded(SchemaVersionStatus before, SchemaVersionStatus after) {
    leading = true;
    var known = operations(before).stream().map(Operation::job).collect(Collectors.toSet());
    operations(after).stream()
        .filter(operation -> operation.seconds() != null && !known.contains(operation.job()))
        .forEach(this::time);
  }

  private void time(Operation operation) {
    Timer.builder("schemaversion.job.duration")
        .description("How long runners took, by step and by how they ended.")
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
