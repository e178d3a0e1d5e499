package dev.schemaversion.operator.metrics;

import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.monitoring.AggregatedMetrics;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;

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
    var metrics =
        MicrometerMetricsV2.newBuilder(meters)
            .withExecutionTimerConfig(timer -> timer.serviceLevelObjectives(BUCKETS))
            .build();
    // The first one times the executions, all of them get everything else.
    return new AggregatedMetrics(List.of(new Unwrapping(metrics), metrics));
  }

  /**
   * Times executions and throws their exceptions as they are. The SDK's metrics wrap them, and the
   * SDK would then log each conflict of two writers with a stack trace.
   */
  private record Unwrapping(Metrics metrics) implements Metrics {
    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
      try {
        return metrics.timeControllerExecution(execution);
      } catch (OperatorException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
  }
}
