package dev.schemaversion.cli.kubectl;

/** Objects of a cluster in which a sync to 14 runs and two workloads wait for it. */
public final class SomeObjects {
  /** A resource at 13 that wants 14, with a running sync Job. */
  public static final String SYNCING =
      """
      apiVersion: schemaversion.dev/v1alpha1
      kind: SchemaVersion
      metadata: {name: glance, namespace: glance, generation: 2}
      spec:
        version: "14"
        database: {engine: PostgreSQL, secretRef: {name: glance-db}}
        migrations: {configMapRefs: [{name: glance-migrations}]}
      status:
        observedGeneration: 2
        version: "13"
        held: 2
        conditions:
        - {type: Ready, status: "False", reason: SyncRunning, message: "Job glance-sync-1a2b3c4d-1 migrates to 14", lastTransitionTime: "2026-03-01T12:18:00Z"}
        - {type: Stalled, status: "False", reason: SyncRunning, message: "", lastTransitionTime: "2026-03-01T12:00:00Z"}
        - {type: Proven, status: "True", reason: Proven, message: "the schema is the proven one", lastTransitionTime: "2026-03-01T12:00:00Z"}
        proof: {verdict: Equal, version: "13", equalVersions: ["13"], checkedAt: "2026-03-01T12:25:00Z"}
        history:
        - {job: glance-baseline-ab4e3e84-1, step: baseline, attempt: 1, reason: Succeeded, startedAt: "2026-03-01T12:00:00Z", finishedAt: "2026-03-01T12:00:04Z", seconds: 4.2}
        - {job: glance-sync-00aa00aa-1, step: sync, attempt: 1, reason: Succeeded, version: "13", migrations: 4, startedAt: "2026-03-01T12:01:00Z", finishedAt: "2026-03-01T12:03:10Z", seconds: 130}
        workloads:
        - {kind: Deployment, name: glance-registry, needs: "14", verdict: VersionTooLow, since: "2026-03-01T12:18:00Z"}
        - {kind: Job, name: import, needs: "14-15", verdict: VersionTooLow, since: "2026-03-01T12:29:00Z"}
      ---
      apiVersion: batch/v1
      kind: Job
      metadata:
        name: glance-sync-1a2b3c4d-1
        namespace: glance
        creationTimestamp: "2026-03-01T12:28:00Z"
        labels: {schemaversion.dev/resource: glance, schemaversion.dev/step: sync, schemaversion.dev/attempt: "1"}
      ---
      apiVersion: batch/v1
      kind: Job
      metadata:
        name: glance-sync-00aa00aa-1
        namespace: glance
        creationTimestamp: "2026-03-01T12:00:58Z"
        labels: {schemaversion.dev/resource: glance, schemaversion.dev/step: sync, schemaversion.dev/attempt: "1"}
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: glance-sync-1a2b3c4d-1-x7k2p
        namespace: glance
        creationTimestamp: "2026-03-01T12:28:01Z"
        labels: {schemaversion.dev/resource: glance, schemaversion.dev/step: sync}
        ownerReferences: [{apiVersion: batch/v1, kind: Job, name: glance-sync-1a2b3c4d-1, uid: "1"}]
      spec:
        initContainers: [{name: scratch}]
        containers: [{name: runner}]
      status:
        phase: Running
        containerStatuses:
        - {name: runner, state: {running: {startedAt: "2026-03-01T12:28:15Z"}}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: glance-registry, namespace: glance, labels: {schemaversion.dev/requires: glance}}
      spec:
        replicas: 2
        template: {metadata: {annotations: {schemaversion.dev/min-version: "14"}}}
      status: {readyReplicas: 2}
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: cache, namespace: glance, labels: {schemaversion.dev/requires: keystone}}
      spec:
        replicas: 3
        template: {metadata: {annotations: {schemaversion.dev/requirements: "glance=9-14, nova=2"}}}
      status: {readyReplicas: 3}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: keystone, namespace: glance, labels: {schemaversion.dev/requires: keystone}}
      spec: {template: {metadata: {annotations: {schemaversion.dev/min-version: "4"}}}}
      ---
      apiVersion: v1
      kind: Event
      metadata: {name: glance.1, namespace: glance}
      eventTime: "2026-03-01T12:20:00.000000Z"
      involvedObject: {kind: SchemaVersion, name: glance, namespace: glance}
      type: Warning
      reason: JobRefused
      message: "the API server rejects Job glance-sync-1a2b3c4d-1: exceeded quota"
      ---
      apiVersion: v1
      kind: Event
      metadata: {name: glance.2, namespace: glance, creationTimestamp: "2026-03-01T12:28:00Z"}
      involvedObject: {kind: SchemaVersion, name: glance, namespace: glance}
      type: Normal
      reason: JobCreated
      message: "created Job glance-sync-1a2b3c4d-1"
      """;

  private SomeObjects() {}

  /** A resource with these lines in its status. */
  public static String resource(String spec, String status) {
    return """
        apiVersion: schemaversion.dev/v1alpha1
        kind: SchemaVersion
        metadata: {name: glance, namespace: glance, generation: 2}
        spec:
          version: "14"
          database: {engine: PostgreSQL, secretRef: {name: glance-db}}
          migrations: {configMapRefs: [{name: glance-migrations}]}
          %s
        status: %s
        """
        .formatted(spec, status);
  }

  /** The status of a resource whose condition Ready is this one. */
  public static String status(String ready, String stalled, String reason, String message) {
    return """
        {version: "13", conditions: [
          {type: Ready, status: "%s", reason: %s, message: "%s", lastTransitionTime: "2026-03-01T12:18:00Z"},
          {type: Stalled, status: "%s", reason: %s, message: "%s", lastTransitionTime: "2026-03-01T12:18:00Z"}]}"""
        .formatted(ready, reason, message, stalled, reason, message)
        .replace("\n", " ");
  }
}
