package dev.schemaversion.runner.scratch;

/** The dump of the real schema came to nothing; the database was not touched. Tried again. */
public final class DumpFailed extends RuntimeException {
  /** Says why. */
  public DumpFailed(String message) {
    super(message);
  }
}
