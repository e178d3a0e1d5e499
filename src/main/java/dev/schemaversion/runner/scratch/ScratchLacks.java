package dev.schemaversion.runner.scratch;

/**
 * Thrown when the scratch server lacks something that the real one has, so that it cannot prove
 * anything.
 */
public final class ScratchLacks extends RuntimeException {
  /** Creates the exception with its reason. */
  public ScratchLacks(String message) {
    super(message);
  }

  /** Creates the exception with its reason. */
  public ScratchLacks(String message, Throwable cause) {
    super(message, cause);
  }
}
