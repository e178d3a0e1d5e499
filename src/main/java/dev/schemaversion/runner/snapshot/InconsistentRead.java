package dev.schemaversion.runner.snapshot;

/** A reading in which something was missing or locked; it is to be read again. */
public final class InconsistentRead extends Exception {
  public InconsistentRead(String what, Throwable cause) {
    super(what, cause);
  }
}
