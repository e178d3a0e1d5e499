package dev.schemaversion.decide;

import dev.schemaversion.contract.Step;
import dev.schemaversion.desired.KnownState;

/** An action in the cluster. Each action is idempotent. */
public sealed interface Action {
  /** Adds the finalizer, which keeps the resource while a Job runs. */
  record AddFinalizer() implements Action {}

  /** Removes the finalizer. */
  record RemoveFinalizer() implements Action {}

  /**
   * Creates a Job.
   *
   * @param step the step that the Job runs
   * @param attempt counted from 1
   * @param knownState what the operator knows about the database
   */
  record CreateJob(Step step, int attempt, KnownState knownState) implements Action {}

  /**
   * Sets the owner reference of an ended and recorded Job, so that garbage collection deletes the
   * Job with the resource.
   *
   * @param job the name of the Job
   * @param uid the uid of the Job
   */
  record AdoptJob(String job, String uid) implements Action {}

  /**
   * Deletes an ended and recorded Job that exceeds the number of Jobs to keep.
   *
   * @param job the name of the Job
   * @param uid the uid of the Job
   */
  record DeleteEndedJob(String job, String uid) implements Action {}

  /**
   * Deletes a Job whose runner has never started. The executor verifies this with the resource
   * version of the pod as a precondition.
   *
   * @param job the name of the Job
   * @param uid the uid of the Job
   */
  record ReplacePendingJob(String job, String uid) implements Action {}

  /**
   * Emits an Event on the resource.
   *
   * @param warning whether the Event has type Warning
   * @param reason the reason
   * @param note the text
   */
  record EmitEvent(boolean warning, String reason, String note) implements Action {}
}
