package dev.schemaversion.decide;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import dev.schemaversion.decide.ObservedJob.State;
import dev.schemaversion.desired.Labels;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Locale;

/** Observed Jobs in the states of their life cycle. */
@RecordBuilder.Include(ObservedJob.class)
public final class JobFixtures {
  private static final int KILLED = 137;

  private JobFixtures() {}

  /** Returns a new Job, whose pod does not exist yet. */
  public static ObservedJob created(Job job, Instant at) {
    var metadata = job.getMetadata();
    var labels = metadata.getLabels();
    var annotations = metadata.getAnnotations();
    return ObservedJobBuilder.builder()
        .name(metadata.getName())
        .uid(metadata.getName() + "@" + at)
        .step(Step.valueOf(labels.get(Labels.STEP).toUpperCase(Locale.ROOT)))
        .inputs(labels.get(Labels.INPUTS))
        .inputsDigest(annotations.get(Labels.INPUTS_DIGEST))
        .address(annotations.get(Labels.ADDRESS))
        .template(annotations.get(Labels.TEMPLATE))
        .attempt(Integer.parseInt(labels.get(Labels.ATTEMPT)))
        .state(State.PENDING)
        .created(at)
        .build();
  }

  public static ObservedJob waiting(ObservedJob job, String what) {
    return ObservedJobBuilder.builder(job)
        .state(State.PENDING)
        .waiting(what)
        .startedAt(null)
        .build();
  }

  public static ObservedJob running(ObservedJob job, Instant now) {
    return ObservedJobBuilder.builder(job)
        .state(State.RUNNING)
        .waiting(null)
        .startedAt(now)
        .build();
  }

  public static ObservedJob ended(ObservedJob job, Report report, Instant now) {
    return ObservedJobBuilder.builder(job)
        .state(State.ENDED)
        .waiting(null)
        .report(report)
        .exitCode(report.outcome().exitCode())
        .startedAt(job.startedAt() == null ? now : job.startedAt())
        .finishedAt(now)
        .build();
  }

  /** Returns a Job that ended without a report; without an exit code, its pod is gone too. */
  public static ObservedJob died(
      ObservedJob job, String terminationReason, Integer exitCode, Instant now) {
    return ObservedJobBuilder.builder(job)
        .state(State.ENDED)
        .waiting(null)
        .exitCode(exitCode)
        .terminationReason(terminationReason)
        .finishedAt(exitCode == null ? null : now)
        .build();
  }

  public static ObservedJob killed(ObservedJob job, Instant now) {
    return died(job, "OOMKilled", KILLED, now);
  }

  /** Returns a Job with exit code 0 but without a report. */
  public static ObservedJob withoutReport(ObservedJob job, Instant now) {
    return died(job, null, Outcome.SUCCEEDED.exitCode(), now);
  }

  public static ObservedJob adopted(ObservedJob job) {
    return ObservedJobBuilder.builder(job).owned(true).build();
  }
}
