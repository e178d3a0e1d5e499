package dev.schemaversion.cli.scratch;

/** Thrown when no scratch server can be started; the message says why and what to do. */
public final class ScratchFailure extends RuntimeException {
  ScratchFailure(String message) {
    super(message);
  }

  ScratchFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
