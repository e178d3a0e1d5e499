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

/** Jobs as they are seen in the course of their lives. */
@RecordBuilder.Include(ObservedJob.class)
public final class JobFixtures {
  private static final int KILLED = 137;

  private JobFixtures() {}

  /** Its pod is not there yet. */
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

  /** Ended without a report; an exit code of null means that even the pod is gone. */
  public static ObservedJob died(ObservedJob job, String how, Integer exitCode, Instant now) {
    return ObservedJobBuilder.builder(job)
        .state(State.ENDED)
        .waiting(null)
        .exitCode(exitCode)
        .lost(how)
        .finishedAt(exitCode == null ? null : now)
        .build();
  }

  public static ObservedJob killed(ObservedJob job, Instant now) {
    return died(job, "OOMKilled", KILLED, now);
  }

  /** It exits like a run that was well, but its pod keeps no report. */
  public static ObservedJob silent(ObservedJob job, Instant now) {
    return died(job, null, Outcome.SUCCEEDED.exitCode(), now);
  }

  public static ObservedJob adopted(ObservedJob job) {
    return ObservedJobBuilder.builder(job).owned(true).build();
  }
}
