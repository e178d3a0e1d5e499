package dev.schemaversion.runner.scratch;

/**
 * Thrown when the schema of the real database cannot be dumped. The database was not touched; the
 * operator retries.
 */
public final class DumpFailed extends RuntimeException {
  /** Creates the exception with its reason. */
  public DumpFailed(String message) {
    super(message);
  }
}
