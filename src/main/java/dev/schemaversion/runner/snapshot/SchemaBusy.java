package dev.schemaversion.runner.snapshot;

/**
 * Thrown when the schema changed or was locked during every reading; a later attempt may succeed.
 */
public final class SchemaBusy extends RuntimeException {
  public SchemaBusy(String message, Throwable cause) {
    super(message, cause);
  }
}
