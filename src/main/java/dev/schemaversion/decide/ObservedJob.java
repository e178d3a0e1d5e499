package dev.schemaversion.decide;

import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import java.time.Instant;
import java.util.Comparator;

/**
 * A Job of the operator, together with the state of its pod.
 *
 * @param name the name of the Job
 * @param uid the uid of the Job
 * @param step the step that it runs
 * @param inputs the eight characters of {@link dev.schemaversion.desired.JobInputs#id}
 * @param inputsDigest {@link dev.schemaversion.desired.JobInputs#digest}
 * @param address the database address for which it was created
 * @param template the digest of its pod template
 * @param attempt counted from 1
 * @param state the state of its runner
 * @param waiting what its pod waits for, as a message, or null
 * @param report the report of the runner, or null
 * @param exitCode the runner's exit code, or null if it is not known
 * @param terminationReason why its container ended, as Kubernetes reports it, such as Evicted or
 *     OOMKilled; or null
 * @param owned whether it has its owner reference, which the operator sets after recording the Job
 * @param created when the Job was created
 * @param startedAt when the runner started, or null
 * @param finishedAt when the runner ended, or null
 */
public record ObservedJob(
    String name,
    String uid,
    Step step,
    String inputs,
    String inputsDigest,
    String address,
    String template,
    int attempt,
    State state,
    String waiting,
    Report report,
    Integer exitCode,
    String terminationReason,
    boolean owned,
    Instant created,
    Instant startedAt,
    Instant finishedAt) {

  /** By time of creation, which has a resolution of a second, then by name. */
  static final Comparator<ObservedJob> OLDEST_FIRST =
      Comparator.comparing(ObservedJob::created).thenComparing(ObservedJob::name);

  /** The state of a Job's runner. */
  public enum State {
    /** The runner's container has not started, so nothing has accessed the database. */
    PENDING,
    /** The runner's container has started and may be running. */
    RUNNING,
    /** The runner has ended, or its pod is gone and the Job has a final condition. */
    ENDED
  }

  /**
   * Returns the Job as one that ran a baseline.
   *
   * @param baselineInputs the inputs of the baseline that it ran
   */
  ObservedJob asBaseline(String baselineInputs) {
    return new ObservedJob(
        name,
        uid,
        Step.BASELINE,
        baselineInputs,
        inputsDigest,
        address,
        template,
        attempt,
        state,
        waiting,
        report,
        exitCode,
        terminationReason,
        owned,
        created,
        startedAt,
        finishedAt);
  }

  /** Returns whether the Job has not ended. */
  public boolean active() {
    return state != State.ENDED;
  }
}
