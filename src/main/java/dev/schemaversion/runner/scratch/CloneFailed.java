package dev.schemaversion.runner.scratch;

/** The real database's schema could not be copied. */
public final class CloneFailed extends RuntimeException {
  /** Says why. */
  public CloneFailed(String message) {
    super(message);
  }

  /** Says why. */
  public CloneFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
