package dev.schemaversion.runner.snapshot;

import java.sql.SQLException;

/**
 * Repeats a reading until two consecutive results are equal. One transaction is not enough: it
 * reads rows as of its start, but deparse functions read the current catalog.
 */
final class StableRead {
  static final int READINGS = 5;

  private StableRead() {}

  interface Reading<T> {
    T read() throws SQLException, InconsistentRead;
  }

  /**
   * Returns the result that two consecutive readings agree on.
   *
   * @throws SchemaBusy if no two of five consecutive readings are equal
   */
  static <T> T of(Reading<T> reading) throws SQLException {
    T before = null;
    InconsistentRead inconsistent = null;
    for (var i = 0; i < READINGS; i++) {
      try {
        var now = reading.read();
        if (now.equals(before)) {
          return now;
        }
        before = now;
      } catch (InconsistentRead e) {
        before = null;
        inconsistent = e;
      }
    }
    throw new SchemaBusy(
        "Another session changes or locks the schema: of "
            + READINGS
            + " readings, no two consecutive ones were equal"
            + (inconsistent == null ? "." : " (last error: " + inconsistent.getMessage() + ")."),
        inconsistent);
  }
}
