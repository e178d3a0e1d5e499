package dev.schemaversion.runner.scratch;

/** The scratch server has another major version than the real one; the right one is known now. */
public final class ScratchMajorMismatch extends RuntimeException {
  private final String realMajor;
  private final String scratchMajor;

  /** Says why. */
  public ScratchMajorMismatch(String realMajor, String scratchMajor) {
    super(
        "The database is on version "
            + realMajor
            + ", the scratch server is version "
            + scratchMajor
            + ". The next attempt takes the image for "
            + realMajor
            + "; if spec.proof.scratch.image is set, set it to one of version "
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
