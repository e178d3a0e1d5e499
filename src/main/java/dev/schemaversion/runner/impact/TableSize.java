package dev.schemaversion.runner.impact;

import java.util.List;
import java.util.Locale;

/**
 * The size of a table in the real database.
 *
 * @param bytes the rows on disk, with what is stored beside them and without indexes
 * @param total the same with indexes
 * @param rows the estimated number of rows; negative if the server has no estimate
 */
public record TableSize(long bytes, long total, long rows) {
  private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB", "PiB");
  private static final int STEP = 1024;

  /** Returns the size of both together. */
  public TableSize plus(TableSize other) {
    return new TableSize(
        bytes + other.bytes,
        total + other.total,
        rows < 0 || other.rows < 0 ? -1 : rows + other.rows);
  }

  /** Prints a number of bytes such as {@code 3.2 GiB}. */
  public static String print(long bytes) {
    if (bytes < STEP) {
      return bytes + " bytes";
    }
    double value = bytes;
    int unit = -1;
    while (value >= STEP && unit < UNITS.size() - 1) {
      value /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "")
        + " "
        + UNITS.get(unit);
  }
}
