package dev.schemaversion.operator.metrics;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * Creates the metrics of the Java Operator SDK: how many reconciliations of each controller start,
 * succeed and fail, and how long they take.
 */
public final class ReconciliationMetrics {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(200),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30)
  };

  private ReconciliationMetrics() {}

  /**
   * Returns them. Their only labels are the controller and the kind of event: a series for each
   * namespace or resource would take memory, and {@link StatusMetrics} has what is of interest.
   */
  public static Metrics of(MeterRegistry meters) {
    return MicrometerMetricsV2.newBuilder(meters)
        .withExecutionTimerConfig(timer -> timer.serviceLevelObjectives(BUCKETS))
        .build();
  }
}
