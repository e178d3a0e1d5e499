package dev.schemaversion.api.v1alpha1;

/**
 * The reasons that the operator itself sets in conditions and Events. The list is closed. The
 * reasons of the runner are in {@link dev.schemaversion.contract.Outcome}.
 */
public enum Reason {
  /** The database is at the wanted version. */
  AtVersion,
  /**
   * {@code spec.suspend} is true, so the operator starts no new Job. Set it to false to continue.
   */
  Suspended,
  /**
   * The resource is being deleted, and deletion waits for its running Job. A migration is never
   * interrupted.
   */
  DeletionWaits,
  /** Event: the operator created a Job. */
  JobCreated,
  /**
   * Event: the API server rejected a Job, for example because of a quota or an admission policy.
   * The operator retries; remove the cause that the message names.
   */
  JobRefused,
  /**
   * A new Job waits, because as many Jobs run as the operator's settings permit in all, in the
   * namespace or on the database server; the message names the setting. It starts without further
   * action, those that have waited longest first.
   */
  JobQueued,
  /** A Job exists, and its runner has not started. The message says what the pod waits for. */
  JobPending,
  /** The baseline Job runs or is about to start. */
  BaselineRunning,
  /** The sync Job runs or is about to start. */
  SyncRunning,
  /**
   * The operator replaced a Job whose runner never started, because the resource has changed since
   * the Job was created.
   */
  JobReplaced,
  /** A ConfigMap with migrations does not exist. Apply it; the operator then continues. */
  MigrationsNotFound,
  /**
   * The operator cannot read a ConfigMap with migrations at the moment. It retries; check the API
   * server if the state lasts.
   */
  MigrationsUnreadable,
  /**
   * The runner ended without a report: its container was killed, its pod was evicted or its node
   * failed. The operator retries and proves the schema first if the Job was a sync.
   */
  RunnerLost,
  /**
   * An older SchemaVersion manages the same database, so the operator does nothing for this one.
   * Delete one of the two, or set the annotation {@code schemaversion.dev/shares-with} as the
   * message says.
   */
  DatabaseShared,
  /**
   * The database is at a higher version than {@code spec.version}, and migrations cannot lower it.
   * Set {@code spec.version} to that version or higher, or restore a backup.
   */
  DowngradeRefused,
  /** The starting version of the database is not known yet. */
  BaselinePending,
  /** The starting version is known: the database was empty. */
  Empty,
  /** The schema equals the schema that the migrations build. */
  Proven,
  /**
   * The schema differs from the schema that the migrations build only by the accepted difference.
   */
  Accepted,
  /** A verify or prove Job runs or is about to start. */
  ProofRunning,
  /**
   * The plan Job, which determines what the pending migrations would do, runs or is about to start.
   */
  PlanRunning,
  /** The migrations have not run yet. */
  SyncPending,
  /**
   * A sync waits until no pod is left that does not run on the new version. It starts without
   * further action when these pods are gone.
   */
  WaitingForWorkloads,
  /**
   * The old pods of a workload do not run on the new version, and its new pods do not run on the
   * current version. Scale the workload to zero and up again, or first deploy a release that runs
   * on both versions.
   */
  IncompatibleWorkloads,
  /** The schema is not proven yet, or has changed since the last proof. A prove Job follows. */
  ProofPending,
  /**
   * Event: the database is no longer at its proven version, for example after a restored backup.
   * The gate holds workloads until the current version is proven.
   */
  VersionWithdrawn,
  /**
   * Event: the history has the checksums of changed files now, because these files build the schema
   * found ({@code spec.migrations.flyway.checksums: Proven}). Rows of data are not compared.
   */
  ChecksumsUpdated,
  /**
   * Event: a sync rewrites or scans tables of 10 MiB and more under locks for which programs wait,
   * as the rehearsal showed. {@code status.plan.locks} shows it before with {@code approval:
   * Manual}; {@code spec.job.limits.rewrite} refuses it beyond a size.
   */
  TablesLocked,
  /**
   * {@code spec.proof.scratch.extensions} or {@code superuser} asks for what the operator's
   * settings do not permit, so no Job starts. Remove the field, or have the administrator permit it
   * ({@code SCHEMAVERSION_SCRATCH_EXTENSIONS}, {@code SCHEMAVERSION_SCRATCH_SUPERUSER}).
   */
  ScratchNotPermitted,
  /**
   * Event: the database had objects that were created by hand and that the migrations of this sync
   * create too. The rehearsal proved that the migrations run beside them and end in the schema that
   * they build from nothing. Rows of data are not compared.
   */
  HotfixAdopted,
  /**
   * Event: rows of the database break a constraint or a type that the pending migrations make, and
   * a pending migration may correct them. The message has the table, the number of rows and a query
   * that shows them.
   */
  RowsMayViolateConstraint,
  /**
   * {@code spec.approval} is Manual, and the plan waits for approval. Review {@code status.plan},
   * then set the annotation {@code schemaversion.dev/approve} to its digest.
   */
  ApprovalPending,
  /** The gate holds at least one workload. {@code status.workloads} says which and why. */
  WorkloadsHeld,
  /** The gate holds no workload. */
  NothingHeld,

  /**
   * On a workload: the database is below the version that the workload requires. The gate releases
   * the workload when the database reaches that version.
   */
  VersionTooLow,
  /**
   * On a workload: the database is above the highest version on which the workload runs. Deploy a
   * newer release of the workload.
   */
  VersionTooHigh,
  /**
   * On a workload: the version of the database is not known. See the conditions of the
   * SchemaVersion.
   */
  VersionUnknown,
  /**
   * On a workload: the annotation {@code schemaversion.dev/min-version} is missing or not a version
   * of the SchemaVersion. Correct it in the pod template.
   */
  MinVersionInvalid,
  /**
   * On a workload: the annotation {@code schemaversion.dev/max-version} is not a version of the
   * SchemaVersion. Correct it in the pod template.
   */
  MaxVersionInvalid,
  /**
   * On a workload: the annotation {@code schemaversion.dev/requirements} cannot be parsed, or the
   * label is empty and the annotation missing. Correct the pod template.
   */
  RequirementsInvalid,
  /**
   * On a workload: the SchemaVersion that it requires does not exist in its namespace. Apply it, or
   * correct the workload's label or annotation.
   */
  SchemaVersionNotFound,
  /** On a workload: the gate has released its roll-out. */
  RolloutReleased,
  /** On a pod: the operator has removed the scheduling gate. */
  PodReleased,
  /**
   * On a workload: it may start, but the API server rejects the operator's update that releases it.
   * Remove the cause that the message names.
   */
  ReleaseRefused,
  /**
   * On a workload: it has the label, but neither an admission policy nor a scheduling gate holds
   * it. Check that the policies are installed and apply the workload again.
   */
  NotGated,
  /**
   * On the operator's Deployment: how this cluster holds workloads, which depends on the policies
   * that are installed. With {@code None}, install them.
   */
  GateMode,
  /**
   * On a Deployment: it has the label, but its pod template has not. Roll-outs are held, but a pod
   * that is replaced is not, and a sync does not wait for the pods. Add the label to the pod
   * template.
   */
  PodsNotLabelled,
  /**
   * On a StatefulSet: the operator deleted a held pod of an obsolete revision, so that the
   * controller creates a pod of the current one.
   */
  ObsoletePodDeleted
}
