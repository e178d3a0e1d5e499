package dev.schemaversion.runner.scratch;

/** The {@code pg_dump} beside the runner is older than the real server, which it then refuses. */
public final class DumpTooOld extends RuntimeException {
  private final int dumpMajor;
  private final int serverMajor;

  /** Says why. */
  public DumpTooOld(int dumpMajor, int serverMajor) {
    super(
        "The runner's pg_dump is of PostgreSQL "
            + dumpMajor
            + " and cannot read a server of PostgreSQL "
            + serverMajor
            + ". Use an image of the operator with pg_dump "
            + serverMajor
            + " or newer, or set spec.proof.mode to OnBaseline, which rehearses nothing.");
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
