package dev.schemaversion.runner.snapshot;

/** Thrown when an object disappeared or was locked during a reading; the caller reads again. */
public final class InconsistentRead extends Exception {
  public InconsistentRead(String what, Throwable cause) {
    super(what, cause);
  }
}
