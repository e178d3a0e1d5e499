package dev.schemaversion.operator.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import javax.management.NotificationEmitter;
import org.jboss.logging.Logger;

/**
 * How much of the heap is in use after a garbage collection, as a metric, and a warning in the log
 * when it is nearly all of it: the next step is the end of the process.
 */
@Singleton
class MemoryMetrics {
  private static final Logger LOG = Logger.getLogger(MemoryMetrics.class);

  /** Above this, raise the limit. */
  static final double NEARLY_FULL = 0.85;

  private final MeterRegistry meters;

  MemoryMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  void start(@Observes StartupEvent event) {
    ManagementFactory.getMemoryPoolMXBeans().stream()
        // Of the pools it is the one of what has lived for some time.
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
        .forEach(this::observe);
    ((NotificationEmitter) ManagementFactory.getMemoryMXBean())
        .addNotificationListener(
            (notification, handback) -> warn(),
            notification ->
                notification
                    .getType()
                    .equals(MemoryNotificationInfo.MEMORY_COLLECTION_THRESHOLD_EXCEEDED),
            null);
  }

  private void observe(MemoryPoolMXBean pool) {
    pool.setCollectionUsageThreshold((long) (pool.getUsage().getMax() * NEARLY_FULL));
    Gauge.builder("schemaversion.operator.heap.used.ratio", pool, MemoryMetrics::used)
        .description(
            "The part of the heap that is in use after a garbage collection; above 0.85, raise the"
                + " memory limit of the operator.")
        .register(meters);
  }

  private static double used(MemoryPoolMXBean pool) {
    var usage = pool.getCollectionUsage();
    return usage == null || usage.getMax() <= 0 ? 0 : (double) usage.getUsed() / usage.getMax();
  }

  private static void warn() {
    LOG.warnf(
        "Memory is short: more than %.0f %% of the heap is in use after a garbage collection. Raise resources.limits.memory of Deployment schemaversion-operator; docs/scale.md says how much memory how many objects take",
        NEARLY_FULL * 100);
  }
}
