package dev.schemaversion.runner.proof;

/** The scratch server has another major version than the real one; the right one is known now. */
public final class ScratchMajorMismatch extends RuntimeException {
  private final int realMajor;
  private final int scratchMajor;

  /** Says why. */
  public ScratchMajorMismatch(int realMajor, int scratchMajor) {
    super(
        "The database is on PostgreSQL "
            + realMajor
            + ", the scratch server is PostgreSQL "
            + scratchMajor
            + ". The next attempt takes the image for "
            + realMajor
            + "; if spec.proof.scratch.image is set, set it to one of PostgreSQL "
            + realMajor
            + ".");
    this.realMajor = realMajor;
    this.scratchMajor = scratchMajor;
  }

  /** The major version of the real server. */
  public int realMajor() {
    return realMajor;
  }

  /** The major version of the scratch server. */
  public int scratchMajor() {
    return scratchMajor;
  }
}
