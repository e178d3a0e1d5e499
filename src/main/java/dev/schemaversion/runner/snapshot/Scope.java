package dev.schemaversion.runner.snapshot;

import java.util.List;

/**
 * What a snapshot is of.
 *
 * @param schemas the names of the schemas, unquoted; of no meaning for MariaDB and MySQL, where it
 *     is always the database that the session is in
 * @param ignore what does not count in them
 */
public record Scope(List<String> schemas, List<IgnorePattern> ignore) {
  /** Copies the lists. */
  public Scope {
    schemas = List.copyOf(schemas);
    ignore = List.copyOf(ignore);
  }

  /** Schemas in which everything counts. */
  public static Scope of(String... schemas) {
    return new Scope(List.of(schemas), List.of());
  }
}
