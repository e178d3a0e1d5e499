package dev.schemaversion.cli.option;

/** Thrown when the options of a command do not say what to do; the message says what to change. */
public final class UsageError extends RuntimeException {
  /** Creates the error with its message. */
  public UsageError(String message) {
    super(message);
  }
}
