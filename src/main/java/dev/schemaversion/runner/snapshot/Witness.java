package dev.schemaversion.runner.snapshot;

/**
 * An object that one of two schemas has and the other lacks, so that the schemas differ as long as
 * this stays so.
 *
 * @param object a table, view or sequence, or a column of one
 * @param isBuilt whether the built schema has it, and not the one that was found
 */
public record Witness(Line object, boolean isBuilt) {
  /** Whether the object is a column. */
  public boolean isColumn() {
    return object.kind() == Kind.COLUMN || object.kind() == Kind.VIEW_COLUMN;
  }

  /** The name of the table, view or sequence, quoted as SQL. */
  public String relation() {
    return isColumn() ? object.within() : object.name();
  }
}
