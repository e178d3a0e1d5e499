package dev.schemaversion.operator.metrics;

import dev.schemaversion.operator.queue.JobQueue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Exports how many Jobs run and how many resources wait. Both are 0 in a replica on standby. */
@Singleton
class QueueMetrics {
  private final MeterRegistry meters;
  private final JobQueue queue;

  QueueMetrics(MeterRegistry meters, JobQueue queue) {
    this.meters = meters;
    this.queue = queue;
  }

  void start(@Observes StartupEvent event) {
    Gauge.builder("schemaversion.jobs.running", queue, JobQueue::running)
        .description("Jobs that run or are about to be created.")
        .register(meters);
    Gauge.builder("schemaversion.jobs.queued", queue, JobQueue::waiting)
        .description("Resources whose next Job waits, because the limits of Jobs are reached.")
        .register(meters);
  }
}
