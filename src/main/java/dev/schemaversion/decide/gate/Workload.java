package dev.schemaversion.decide.gate;

/**
 * A workload that needs a SchemaVersion, as its own manifest says.
 *
 * @param kind such as Deployment
 * @param name its name, in the SchemaVersion's namespace
 * @param needs what it needs
 * @param held whether the gate holds it, or pods of it, now
 */
public record Workload(String kind, String name, WorkloadRequirements needs, boolean held) {}
