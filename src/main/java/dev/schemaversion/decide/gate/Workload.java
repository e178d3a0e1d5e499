package dev.schemaversion.decide.gate;

/**
 * A workload that requires a SchemaVersion according to its manifest.
 *
 * @param kind its kind, such as Deployment
 * @param name its name, in the SchemaVersion's namespace
 * @param needs what it requires
 * @param held whether the gate holds the workload or any of its pods
 */
public record Workload(String kind, String name, WorkloadRequirements needs, boolean held) {}
