package dev.schemaversion.contract.request;

import java.util.List;

/**
 * How the pending migrations are rehearsed.
 *
 * @param mode what the clone contains
 * @param tables the tables whose rows are copied, by name or {@code schema.name}; empty for all
 * @param maxSize how many bytes the copied tables may have together, with their indexes
 */
public record RequestedRehearsal(Mode mode, List<String> tables, long maxSize) {
  /** The default: a clone without rows. */
  public static final RequestedRehearsal DEFAULT =
      new RequestedRehearsal(Mode.SCHEMA, List.of(), 0);

  /** What a clone for the rehearsal contains. */
  public enum Mode {
    /** The schema, and the rows of the history table. */
    SCHEMA,
    /** Rows of other tables too. */
    ROWS,
    /** There is no clone, and no rehearsal on it. */
    OFF
  }
}
