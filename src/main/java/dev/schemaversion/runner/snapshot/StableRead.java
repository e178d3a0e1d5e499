package dev.schemaversion.runner.snapshot;

import java.sql.SQLException;

/**
 * Reads until two readings in a row agree. One transaction is not enough: rows are seen as of its
 * start, but deparse functions look at the catalog as it is now.
 */
final class StableRead {
  static final int READINGS = 5;

  private StableRead() {}

  interface Reading<T> {
    T read() throws SQLException, InconsistentRead;
  }

  /**
   * What two readings in a row agree on.
   *
   * @throws SchemaBusy if none of five do
   */
  static <T> T of(Reading<T> reading) throws SQLException {
    T before = null;
    InconsistentRead torn = null;
    for (var i = 0; i < READINGS; i++) {
      try {
        var now = reading.read();
        if (now.equals(before)) {
          return now;
        }
        before = now;
      } catch (InconsistentRead e) {
        before = null;
        torn = e;
      }
    }
    throw new SchemaBusy(
        "Others change the schema or lock it: it was read "
            + READINGS
            + " times, and no two readings in a row were equal"
            + (torn == null ? "." : " (last seen: " + torn.getMessage() + ")."),
        torn);
  }
}
