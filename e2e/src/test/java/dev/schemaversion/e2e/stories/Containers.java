package dev.schemaversion.e2e.stories;

import dev.schemaversion.e2e.cluster.Cluster;

/** Deployments that only run, and their pods. */
final class Containers {
  private Containers() {}

  /** A StatefulSet of one pod that needs a version. */
  static String statefulSet(Cluster cluster, String name, String minVersion) {
    return """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: %1$s}
        spec:
          replicas: 1
          serviceName: none
          selector: {matchLabels: {app: %1$s}}
          template: {%2$s}
        """
        .formatted(name, template(cluster, name, minVersion));
  }

  /** A Deployment of one pod that runs on a range of versions; it takes a second to end. */
  static String deployment(Cluster cluster, String name, String minVersion, String maxVersion) {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %1$s, labels: {schemaversion.dev/requires: glance}}
        spec:
          replicas: 1
          selector: {matchLabels: {app: %1$s}}
          template: {%2$s}
        """
        .formatted(
            name,
            template(cluster, name, minVersion)
                .replace(
                    "annotations: {",
                    "annotations: {schemaversion.dev/max-version: \"%s\", ".formatted(maxVersion))
                .replace("GracePeriodSeconds: 0", "GracePeriodSeconds: 1"));
  }

  /** A bare pod that needs a version. */
  static String pod(Cluster cluster, String name, String minVersion) {
    return "{apiVersion: v1, kind: Pod, %s}".formatted(template(cluster, name, minVersion));
  }

  private static String template(Cluster cluster, String name, String minVersion) {
    return """
        metadata: {name: %1$s, labels: {app: %1$s, schemaversion.dev/requires: glance}, \
        annotations: {schemaversion.dev/min-version: "%2$s"}}, \
        spec: {terminationGracePeriodSeconds: 0, automountServiceAccountToken: false, \
        securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}, \
        containers: [{name: program, image: "%3$s", command: [sleep, "1000000"], \
        securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]}"""
        .formatted(name, minVersion, cluster.image("postgres"));
  }
}
