package dev.schemaversion.runner.scratch;

/** The run was told to stop while the schema was being copied. */
public final class CloneInterrupted extends RuntimeException {
  /** Says why. */
  public CloneInterrupted() {
    super("Stopped while the database's schema was being copied; nothing was done.");
  }
}
