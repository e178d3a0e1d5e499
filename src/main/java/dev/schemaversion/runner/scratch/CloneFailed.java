package dev.schemaversion.runner.scratch;

/** Thrown when the schema of the real database cannot be copied. */
public final class CloneFailed extends RuntimeException {
  /** Creates the exception with its reason. */
  public CloneFailed(String message) {
    super(message);
  }

  /** Creates the exception with its reason. */
  public CloneFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
