package dev.schemaversion.api.v1alpha1;

import java.util.List;

/** The text format of sizes in the spec, which is that of Kubernetes: {@code 1Gi}, {@code 500M}. */
final class SizeText {
  /** The format; a size without a unit would be a mistake. */
  static final String PATTERN = "^[1-9][0-9]{0,5}(Ki|Mi|Gi|Ti|k|M|G|T)$";

  private static final List<String> UNITS = List.of("k", "M", "G", "T");

  private SizeText() {}

  /**
   * Returns the number of bytes.
   *
   * @throws NumberFormatException if it has another format, as in a resource that the API server
   *     did not check
   */
  static long parse(String text) {
    if (!text.matches(PATTERN)) {
      throw new NumberFormatException(text);
    }
    boolean binary = text.endsWith("i");
    var digits = text.replaceAll("[^0-9]", "");
    var unit = text.substring(digits.length(), digits.length() + 1);
    int power = 1 + UNITS.indexOf(unit.equals("K") ? "k" : unit);
    long bytes = Long.parseLong(digits);
    for (int i = 0; i < power; i++) {
      bytes *= binary ? 1024 : 1000;
    }
    return bytes;
  }
}
