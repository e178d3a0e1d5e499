package dev.schemaversion.runner.scratch;

/** Thrown when the run is asked to stop while it copies the schema. */
public final class CloneInterrupted extends RuntimeException {
  /** Creates the exception with its message. */
  public CloneInterrupted() {
    super("The run stopped while it copied the schema of the database. Nothing was done.");
  }
}
