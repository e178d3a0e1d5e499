package dev.schemaversion.api.v1alpha1;

/**
 * The closed list of reasons the operator itself gives in conditions and Events. Beside them stand
 * the reasons of the runner, {@link dev.schemaversion.contract.Outcome}.
 */
public enum Reason {
  /** The database is at the wanted version. */
  AtVersion,
  /** {@code spec.suspend} is true. */
  Suspended,
  /** The resource is being deleted and waits for its running Job. */
  DeletionWaits,
  /** An Event: a Job was created. */
  JobCreated,
  /** An Event: the API server refuses a Job (a quota, a policy), which is tried again. */
  JobRefused,
  /** A Job is there and its runner has not started yet; the message says what its pod waits for. */
  JobPending,
  /** The baseline Job runs, or is about to. */
  BaselineRunning,
  /** The sync Job runs, or is about to. */
  SyncRunning,
  /** A Job whose runner never started was replaced, because what it was made for has changed. */
  JobReplaced,
  /** A ConfigMap with migrations is not there. */
  MigrationsNotFound,
  /** A ConfigMap with migrations cannot be read at present; the operator retries. */
  MigrationsUnreadable,
  /** The runner died without a report: killed, evicted or its node lost. */
  RunnerLost,
  /** An older SchemaVersion is about the same database; this one does nothing. */
  DatabaseShared,
  /** The database is at a higher version than wanted. */
  DowngradeRefused,
  /** The starting point is not known yet. */
  BaselinePending,
  /** The starting point is known: there was nothing. */
  Empty,
  /** The schema equals what the migrations build. */
  Proven,
  /** The schema differs from what the migrations build by what the user has accepted. */
  Accepted,
  /** A Job compares the schema with what the migrations build, or is about to. */
  ProofRunning,
  /** A Job finds out what the pending migrations would do, or is about to. */
  PlanRunning,
  /** The migrations have not run yet. */
  SyncPending,
  /**
   * A sync waits until pods have gone that do not run on the version it goes to, or until the gate
   * knows that version.
   */
  WaitingForWorkloads,
  /** Of one workload, the old pods run only below the version that the new ones need. */
  IncompatibleWorkloads,
  /** Nothing is proven yet, or the schema has changed since; a proof is about to follow. */
  ProofPending,
  /** An Event: another version than the proven one is there, and nothing may rely on either yet. */
  VersionWithdrawn,
  /** {@code spec.approval} is Manual and the plan waits for its approval. */
  ApprovalPending,
  /** At least one workload waits. */
  WorkloadsHeld,
  /** No workload waits. */
  NothingHeld,

  /** On a workload: the database is not at the version it needs. */
  VersionTooLow,
  /** On a workload: the database is newer than the program can run on. */
  VersionTooHigh,
  /** On a workload: the database's version is not known. */
  VersionUnknown,
  /** On a workload: it does not say in a usable way which version it needs. */
  MinVersionInvalid,
  /** On a workload: what it says about the highest version it can run on is not a version. */
  MaxVersionInvalid,
  /** On a workload: what it says about the resources it needs cannot be read. */
  RequirementsInvalid,
  /** On a workload: the SchemaVersion it needs does not exist. */
  SchemaVersionNotFound,
  /** On a workload: its roll-out goes on. */
  RolloutReleased,
  /** On a pod: the gate is taken off. */
  PodReleased,
  /** On a workload: it may start, but the API server refuses to let the operator release it. */
  ReleaseRefused,
  /** On a workload: it has the label, but neither a policy nor a scheduling gate holds it. */
  NotGated,
  /** On a StatefulSet: a pod that the gate held was of a revision that is not wanted any more. */
  ObsoletePodDeleted
}
