package dev.schemaversion.e2e.matrix;

import java.util.Locale;

/** What people make programs run with, and how its manifest is written around a pod's. */
enum Kind {
  /** Held as a whole, by its pause. */
  DEPLOYMENT(
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: %1$s, labels: {schemaversion.dev/requires: db}}
      spec: {replicas: 1, selector: {matchLabels: {app: %1$s}}, template: %2$s}
      """,
      true),
  /** Held by its pods, as all the others are. */
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
  /** Its time never comes by itself, for a test would wait a minute for it. */
  CRON_JOB(
      """
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: %1$s}
      spec: {schedule: "0 0 30 2 *", jobTemplate: {spec: {template: %2$s}}}
      """,
      false),
  /** A pod that nobody made but a person. */
  POD(
      """
      apiVersion: v1
      kind: Pod
      %3$s
      """,
      false),
  /** As Argo Rollouts makes them: a ReplicaSet that no Deployment owns, with a label of theirs. */
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

  /** The name of the workload of this kind that needs a version. */
  String name(Need need) {
    return name().toLowerCase(Locale.ROOT).replace('_', '-') + "-needs-" + need.version();
  }

  /** Its manifest. */
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
