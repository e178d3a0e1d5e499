package dev.schemaversion.runner.snapshot;

import java.util.List;

/**
 * The scope of a snapshot.
 *
 * @param schemas the names of the schemas, unquoted; MariaDB and MySQL always read the current
 *     database of the session instead
 * @param ignore the objects that do not count
 * @param grants whether grants and owners count; else they are noted
 * @param outside what is read outside the schemas, see {@link Outside}
 */
public record Scope(
    List<String> schemas, List<IgnorePattern> ignore, boolean grants, Outside outside) {
  /** Copies the lists. */
  public Scope {
    schemas = List.copyOf(schemas);
    ignore = List.copyOf(ignore);
  }

  /** Creates a scope that has nothing outside these schemas, and in which grants count. */
  public Scope(List<String> schemas, List<IgnorePattern> ignore) {
    this(schemas, ignore, true, Outside.NOTHING);
  }

  /** Returns the scope of other schemas, and of nothing outside of them, by the same rules. */
  public Scope of(List<String> others) {
    return new Scope(others, ignore, grants, Outside.NOTHING);
  }

  /** Returns the same scope with something else outside its schemas. */
  public Scope with(Outside other) {
    return new Scope(schemas, ignore, grants, other);
  }

  /** Creates a scope in which all objects of these schemas count. */
  public static Scope of(String... schemas) {
    return new Scope(List.of(schemas), List.of());
  }
}
