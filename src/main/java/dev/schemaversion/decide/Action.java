package dev.schemaversion.decide;

import dev.schemaversion.contract.Step;
import dev.schemaversion.desired.KnownState;

/** Something to do in the cluster. Each may be repeated without harm. */
public sealed interface Action {
  /** Keeps the resource while a Job runs. */
  record AddFinalizer() implements Action {}

  /** Lets the resource go. */
  record RemoveFinalizer() implements Action {}

  /**
   * Creates a Job.
   *
   * @param step what for
   * @param attempt counted from 1
   * @param given what is known about the database
   */
  record CreateJob(Step step, int attempt, KnownState given) implements Action {}

  /**
   * Gives an ended and recorded Job its ownerReference, so that it goes with the resource.
   *
   * @param job its name
   * @param uid its uid
   */
  record AdoptJob(String job, String uid) implements Action {}

  /**
   * Deletes a Job that has ended and was recorded: it is older than what is kept.
   *
   * @param job its name
   * @param uid its uid
   */
  record DeleteEndedJob(String job, String uid) implements Action {}

  /**
   * Deletes a Job whose runner never started. The applier makes sure of that with the pod's
   * resourceVersion.
   *
   * @param job its name
   * @param uid its uid
   */
  record ReplacePendingJob(String job, String uid) implements Action {}

  /**
   * Records an Event on the resource.
   *
   * @param warning whether a person should look
   * @param reason in one word
   * @param note in a sentence
   */
  record Tell(boolean warning, String reason, String note) implements Action {}
}
