package dev.schemaversion.decide;

import dev.schemaversion.contract.Report;
import dev.schemaversion.contract.Step;
import java.time.Instant;
import java.util.Comparator;

/**
 * A Job of ours and what its pod tells.
 *
 * @param name the Job's name
 * @param uid the Job's uid
 * @param step what it is for
 * @param inputs the eight characters of its inputs
 * @param inputsDigest the inputs' digest
 * @param address the database address it was made for
 * @param template the digest of the pod template it was made from
 * @param attempt counted from 1
 * @param state how far it is
 * @param waiting what its pod waits for, in words, or null
 * @param report the runner's last word, or null
 * @param exitCode the runner's exit code, or null where it is not known
 * @param lost why it died, as Kubernetes says (such as Evicted or OOMKilled), or null
 * @param owned whether it carries its ownerReference, which it gets after it has been recorded
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
    String lost,
    boolean owned,
    Instant created,
    Instant startedAt,
    Instant finishedAt) {

  /** In the order in which they were created; names decide where that is the same second. */
  static final Comparator<ObservedJob> OLDEST_FIRST =
      Comparator.comparing(ObservedJob::created).thenComparing(ObservedJob::name);

  /** How far a Job is. */
  public enum State {
    /** The runner's container has not started: nothing has touched the database. */
    PENDING,
    /** The runner's container has started, and may be at work. */
    RUNNING,
    /** The runner has ended, or its pod is gone and the Job says so. */
    ENDED
  }

  /** Whether it has not ended. */
  public boolean active() {
    return state != State.ENDED;
  }
}
