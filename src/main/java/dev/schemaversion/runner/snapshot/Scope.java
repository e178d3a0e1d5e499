package dev.schemaversion.runner.snapshot;

import java.util.List;

/**
 * The scope of a snapshot.
 *
 * @param schemas the names of the schemas, unquoted; MariaDB and MySQL always read the current
 *     database of the session instead
 * @param ignore the objects that do not count
 * @param grants whether grants and owners count; else they are noted
 */
public record Scope(List<String> schemas, List<IgnorePattern> ignore, boolean grants) {
  /** Copies the lists. */
  public Scope {
    schemas = List.copyOf(schemas);
    ignore = List.copyOf(ignore);
  }

  /** Creates a scope in which grants and owners count. */
  public Scope(List<String> schemas, List<IgnorePattern> ignore) {
    this(schemas, ignore, true);
  }

  /** Creates a scope in which all objects of these schemas count. */
  public static Scope of(String... schemas) {
    return new Scope(List.of(schemas), List.of());
  }
}
