package dev.schemaversion.decide;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob.State;
import dev.schemaversion.desired.Labels;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Locale;

/** Jobs as they are seen in the course of their lives. */
public final class Jobs {
  private static final int KILLED = 137;

  private Jobs() {}

  /** Its pod is not there yet. */
  public static ObservedJob created(Job job, Instant at) {
    var metadata = job.getMetadata();
    var labels = metadata.getLabels();
    var annotations = metadata.getAnnotations();
    return new ObservedJob(
        metadata.getName(),
        metadata.getName() + "@" + at,
        Step.valueOf(labels.get(Labels.STEP).toUpperCase(Locale.ROOT)),
        labels.get(Labels.INPUTS),
        annotations.get(Labels.INPUTS_DIGEST),
        annotations.get(Labels.ADDRESS),
        annotations.get(Labels.TEMPLATE),
        Integer.parseInt(labels.get(Labels.ATTEMPT)),
        State.PENDING,
        null,
        null,
        null,
        null,
        false,
        at,
        null,
        null);
  }

  public static ObservedJob waiting(ObservedJob job, String what) {
    return changed(job, State.PENDING, what, null, null, null, job.owned(), null, null);
  }

  public static ObservedJob running(ObservedJob job, Instant now) {
    return changed(job, State.RUNNING, null, null, null, null, job.owned(), now, null);
  }

  public static ObservedJob ended(ObservedJob job, Report report, Instant now) {
    return changed(
        job,
        State.ENDED,
        null,
        report,
        report.outcome().exitCode(),
        null,
        job.owned(),
        job.startedAt() == null ? now : job.startedAt(),
        now);
  }

  /** Ended without a report; an exit code of null means that even the pod is gone. */
  public static ObservedJob died(ObservedJob job, String how, Integer exitCode, Instant now) {
    return changed(
        job,
        State.ENDED,
        null,
        null,
        exitCode,
        how,
        job.owned(),
        job.startedAt(),
        exitCode == null ? null : now);
  }

  public static ObservedJob killed(ObservedJob job, Instant now) {
    return died(job, "OOMKilled", KILLED, now);
  }

  /** It exits like a run that was well, but its pod keeps no report. */
  public static ObservedJob silent(ObservedJob job, Instant now) {
    return died(job, null, Outcome.SUCCEEDED.exitCode(), now);
  }

  public static ObservedJob adopted(ObservedJob job) {
    return changed(
        job,
        job.state(),
        job.waiting(),
        job.report(),
        job.exitCode(),
        job.lost(),
        true,
        job.startedAt(),
        job.finishedAt());
  }

  private static ObservedJob changed(
      ObservedJob job,
      State state,
      String waiting,
      Report report,
      Integer exitCode,
      String lost,
      boolean owned,
      Instant startedAt,
      Instant finishedAt) {
    return new ObservedJob(
        job.name(),
        job.uid(),
        job.step(),
        job.inputs(),
        job.inputsDigest(),
        job.address(),
        job.template(),
        job.attempt(),
        state,
        waiting,
        report,
        exitCode,
        lost,
        owned,
        job.created(),
        startedAt,
        finishedAt);
  }
}
