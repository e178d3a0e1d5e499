package dev.schemaversion.runner.engine.secret;

/** A value in a Secret cannot be used. The message names the key and never contains the value. */
public final class InvalidSecret extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidSecret(String message) {
    super(message);
  }
}
