package dev.schemaversion.e2e.matrix;

import java.util.Locale;

/** The kinds of workloads, and how a manifest of each kind contains a pod template. */
enum Kind {
  /** Held by its pause. */
  DEPLOYMENT(
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: %1$s, labels: {schemaversion.dev/requires: db}}
      spec: {replicas: 1, selector: {matchLabels: {app: %1$s}}, template: %2$s}
      """,
      true),
  /** Held by scheduling gates of its pods, as are all following kinds. */
  STATEFUL_SET(
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: %1$s}
      spec: {replicas: 1, serviceName: none, selector: {matchLabels: {app: %1$s}}, template: %2$s}
      """,
      true),
  /** One pod for each node. */
  DAEMON_SET(
      """
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: %1$s}
      spec: {selector: {matchLabels: {app: %1$s}}, template: %2$s}
      """,
      true),
  /** Runs once. */
  JOB(
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: %1$s}
      spec: {template: %2$s}
      """,
      false),
  /** Scheduled by the test, because its controller would take up to a minute. */
  CRON_JOB(
      """
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: %1$s}
      spec: {schedule: "0 0 30 2 *", jobTemplate: {spec: {template: %2$s}}}
      """,
      false),
  /** A pod without a controller. */
  POD(
      """
      apiVersion: v1
      kind: Pod
      %3$s
      """,
      false),
  /**
   * A ReplicaSet as Argo Rollouts creates it: without a Deployment, and with its own hash label.
   */
  ROLLOUT(
      """
      apiVersion: apps/v1
      kind: ReplicaSet
      metadata: {name: %1$s-5d4f8c7b9, labels: {rollouts-pod-template-hash: 5d4f8c7b9}}
      spec: {replicas: 1, selector: {matchLabels: {app: %1$s}}, template: %2$s}
      """,
      true);

  private final String manifest;
  private final boolean stays;

  Kind(String manifest, boolean stays) {
    this.manifest = manifest;
    this.stays = stays;
  }

  /** Returns the name of the workload of this kind that requires a version. */
  String name(Need need) {
    return name().toLowerCase(Locale.ROOT).replace('_', '-') + "-needs-" + need.version();
  }

  /** Returns the manifest. */
  String manifest(Need need, Program program) {
    var name = name(need);
    var pod = program.pod(name, need, stays);
    return manifest.formatted(name, "{" + String.join(", ", pod) + "}", String.join("\n", pod));
  }

  @Override
  public String toString() {
    return switch (this) {
      case DEPLOYMENT -> "Deployment";
      case STATEFUL_SET -> "StatefulSet";
      case DAEMON_SET -> "DaemonSet";
      case JOB -> "Job";
      case CRON_JOB -> "CronJob";
      case POD -> "Pod";
      case ROLLOUT -> "Argo Rollout";
    };
  }
}
