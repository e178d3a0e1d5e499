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
 * Exports how much of the heap is in use after a garbage collection, and logs a warning before the
 * process runs out of memory.
 */
@Singleton
class MemoryMetrics {
  private static final Logger LOG = Logger.getLogger(MemoryMetrics.class);

  /** The part of the heap above which the memory limit should be raised. */
  static final double NEARLY_FULL = 0.85;

  private final MeterRegistry meters;

  MemoryMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  void start(@Observes StartupEvent event) {
    ManagementFactory.getMemoryPoolMXBeans().stream()
        // Only the pool of the old generation supports a usage threshold.
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
        "Memory is short: more than %.0f %% of the heap is in use after a garbage collection. Raise resources.limits.memory of Deployment schemaversion-operator; docs/scale.md lists the memory needed by number of objects",
        NEARLY_FULL * 100);
  }
}
