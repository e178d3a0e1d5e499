package dev.schemaversion.runner.scratch;

/**
 * The scratch server lacks something that the real one has, so that nothing can be proven there.
 */
public final class ScratchLacks extends RuntimeException {
  /** Says why. */
  public ScratchLacks(String message) {
    super(message);
  }

  /** Says why. */
  public ScratchLacks(String message, Throwable cause) {
    super(message, cause);
  }
}
