package dev.schemaversion.cli.kubectl.cluster;

/** Ends a command with a message for its user and exit code 1. */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates a failure; the message says what happened, and what to do. */
  public Failure(String message) {
    super(message);
  }

  /** Creates a failure with its cause, which is not shown. */
  public Failure(String message, Throwable cause) {
    super(message, cause);
  }
}
