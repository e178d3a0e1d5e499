package dev.schemaversion.runner.scratch;

/**
 * Thrown when the runner's {@code pg_dump} is older than the real server, and therefore refuses to
 * dump it.
 */
public final class DumpTooOld extends RuntimeException {
  private final int dumpMajor;
  private final int serverMajor;

  /** Creates the exception for these versions. */
  public DumpTooOld(int dumpMajor, int serverMajor) {
    super(
        "The runner has pg_dump "
            + dumpMajor
            + ", which cannot dump a server of PostgreSQL "
            + serverMajor
            + ". Use an operator image with pg_dump "
            + serverMajor
            + " or newer, or set spec.proof.mode to OnBaseline, which skips the rehearsal.");
    this.dumpMajor = dumpMajor;
    this.serverMajor = serverMajor;
  }

  /** The major version of pg_dump. */
  public int dumpMajor() {
    return dumpMajor;
  }

  /** The major version of the real server. */
  public int serverMajor() {
    return serverMajor;
  }
}
