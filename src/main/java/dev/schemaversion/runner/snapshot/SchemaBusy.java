package dev.schemaversion.runner.snapshot;

/** The schema changed, or was locked, each time it was read. Later it may not. */
public final class SchemaBusy extends RuntimeException {
  public SchemaBusy(String message, Throwable cause) {
    super(message, cause);
  }
}
