package dev.schemaversion.runner.snapshot;

/**
 * Thrown when the user lacks a right to read the catalog. In PostgreSQL, every user can read it
 * unless that right was revoked; MariaDB and MySQL hide objects from users without rights on them.
 */
public final class CannotReadCatalog extends RuntimeException {
  public CannotReadCatalog(String message, Throwable cause) {
    super(message, cause);
  }
}
