package dev.schemaversion.desired;

import dev.schemaversion.contract.Step;

/**
 * The name of a Job: {@code <resource>-<step>-<inputs>-<attempt>}. It is fixed by what the Job is
 * for, so that creating it twice, from a cache that lags, is refused by the API server.
 *
 * @param resource the SchemaVersion's name, at most 40 characters
 * @param step what the Job is for
 * @param inputs the eight characters of {@link JobInputs#id}
 * @param attempt counted from 1
 */
public record JobName(String resource, Step step, String inputs, int attempt) {
  @Override
  public String toString() {
    return "%s-%s-%s-%d".formatted(resource, step.label(), inputs, attempt);
  }
}
