package dev.schemaversion.e2e.bench.timeline;

/**
 * Something that happened.
 *
 * @param name what happened
 * @param part what the time before it was spent on; null where it happens beside the rest
 * @param millis when, since the measurement began
 */
public record Moment(String name, Part part, long millis) {}
