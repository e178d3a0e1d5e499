package dev.schemaversion.runner.scratch;

/**
 * Thrown when the scratch server and the real server have different major versions. It carries the
 * correct one for the next attempt.
 */
public final class ScratchMajorMismatch extends RuntimeException {
  private final String realMajor;
  private final String scratchMajor;

  /** Creates the exception for these versions. */
  public ScratchMajorMismatch(String realMajor, String scratchMajor) {
    super(
        "The database server has version "
            + realMajor
            + ", the scratch server has version "
            + scratchMajor
            + ". The next attempt uses the scratch image for "
            + realMajor
            + "; if spec.proof.scratch.image is set, change it to an image of version "
            + realMajor
            + ".");
    this.realMajor = realMajor;
    this.scratchMajor = scratchMajor;
  }

  /** The major version of the real server. */
  public String realMajor() {
    return realMajor;
  }

  /** The major version of the scratch server. */
  public String scratchMajor() {
    return scratchMajor;
  }
}
