package dev.schemaversion.desired;

import dev.schemaversion.contract.Step;

/**
 * The name of a Job: {@code <resource>-<step>-<inputs>-<attempt>}. The name is deterministic, so
 * that the API server rejects a second creation from a stale cache.
 *
 * @param resource the name of the SchemaVersion, at most 40 characters
 * @param step the step of the Job
 * @param inputs the eight characters of {@link JobInputs#id}
 * @param attempt counted from 1
 */
public record JobName(String resource, Step step, String inputs, int attempt) {
  @Override
  public String toString() {
    return "%s-%s-%s-%d".formatted(resource, step.label(), inputs, attempt);
  }
}
