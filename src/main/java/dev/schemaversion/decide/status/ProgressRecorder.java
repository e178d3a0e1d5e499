package dev.schemaversion.decide.status;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus;
import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.ProgressStatus;
import dev.schemaversion.decide.ObservedJob;
import dev.schemaversion.decide.ObservedJob.State;
import dev.schemaversion.decide.ReconcileContext;

/** Records what the runner of the active Job does. Nothing is decided by it. */
public final class ProgressRecorder {
  private ProgressRecorder() {}

  /**
   * Returns the progress of the running Job; null while none runs. What was recorded of this Job
   * stays until its runner says something else.
   */
  public static ProgressStatus of(ReconcileContext context, SchemaVersionStatus before) {
    return context
        .activeJob()
        .filter(job -> job.state() == State.RUNNING)
        .map(job -> of(job, context, before.progress()))
        .orElse(null);
  }

  private static ProgressStatus of(
      ObservedJob job, ReconcileContext context, ProgressStatus before) {
    var progress = context.cluster().progress();
    if (progress != null && job.name().equals(progress.job())) {
      return new ProgressStatus(
          job.name(),
          progress.activity(),
          progress.script(),
          progress.scripts(),
          progress.since(),
          progress.waitingFor());
    }
    return before != null && job.name().equals(before.job()) ? before : null;
  }
}
