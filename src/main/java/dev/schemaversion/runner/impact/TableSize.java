package dev.schemaversion.runner.impact;

/**
 * The size of a table in the real database.
 *
 * @param bytes the rows on disk, with what is stored beside them and without indexes
 * @param total the same with indexes
 * @param rows the estimated number of rows; negative if the server has no estimate
 */
public record TableSize(long bytes, long total, long rows) {
  /** Returns the size of both together. */
  public TableSize plus(TableSize other) {
    return new TableSize(
        bytes + other.bytes,
        total + other.total,
        rows < 0 || other.rows < 0 ? -1 : rows + other.rows);
  }
}
