package dev.schemaversion.decide;

/**
 * A workload that needs a SchemaVersion, as its own manifest says.
 *
 * @param kind such as Deployment
 * @param name its name, in the SchemaVersion's namespace
 * @param requires the SchemaVersion's name
 * @param minVersion the annotation's text, well-formed or not, or null
 * @param maxVersion the annotation's text, well-formed or not, or null
 * @param held whether the gate holds it now
 */
public record Workload(
    String kind,
    String name,
    String requires,
    String minVersion,
    String maxVersion,
    boolean held) {}
