package dev.schemaversion.runner.report;

import java.util.List;
import java.util.Locale;

/** Sizes in messages. */
public final class ByteSize {
  private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB", "PiB");
  private static final int STEP = 1024;

  private ByteSize() {}

  /** Prints a number of bytes such as {@code 3.2 GiB}, or {@code 17 bytes} below one KiB. */
  public static String print(long bytes) {
    if (bytes < STEP) {
      return bytes + (bytes == 1 ? " byte" : " bytes");
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
