package dev.schemaversion.runner.snapshot;

/** A reading in which something was missing or locked; it is to be read again. */
final class Torn extends Exception {
  Torn(String what, Throwable cause) {
    super(what, cause);
  }
}
