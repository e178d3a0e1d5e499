package dev.schemaversion.e2e.stories;

import dev.schemaversion.e2e.Glance;

/** Small Deployments that require a SchemaVersion, to test the gate. */
final class Programs {
  private Programs() {}

  /**
   * Returns a Deployment without pods that requires a version; no minimum if the version is null.
   */
  static String deployment(String name, String requires, String minVersion) {
    var annotations =
        minVersion == null ? "{}" : "{schemaversion.dev/min-version: \"%s\"}".formatted(minVersion);
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %1$s, labels: {schemaversion.dev/requires: %2$s}}
        spec:
          replicas: 0
          selector: {matchLabels: {app: %1$s}}
          template:
            metadata:
              labels: {app: %1$s, schemaversion.dev/requires: %2$s}
              annotations: %3$s
            spec:
              containers: [{name: program, image: none}]
        """
        .formatted(name, requires, annotations);
  }

  /** Returns reasons and notes of the Events on a Deployment. */
  static String events(Glance glance, String deployment) {
    return glance.kubectl(
        "get",
        "events",
        "--field-selector",
        "involvedObject.kind=Deployment,involvedObject.name=" + deployment,
        "-o",
        "custom-columns=REASON:.reason,NOTE:.message",
        "--no-headers");
  }
}
