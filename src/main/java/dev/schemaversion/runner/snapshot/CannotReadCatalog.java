package dev.schemaversion.runner.snapshot;

/**
 * The user may not read what a snapshot is made of. PostgreSQL lets everybody read it, unless
 * somebody has revoked that right; MariaDB and MySQL show nobody what they have no right to.
 */
public final class CannotReadCatalog extends RuntimeException {
  public CannotReadCatalog(String message, Throwable cause) {
    super(message, cause);
  }
}
