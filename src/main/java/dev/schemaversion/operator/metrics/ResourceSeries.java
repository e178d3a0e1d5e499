package dev.schemaversion.operator.metrics;

import java.util.Map;

/** Which series a SchemaVersion has in a scrape. A scrape grows with their number. */
public enum ResourceSeries {
  /** One for each known value: about twelve. */
  All,
  /**
   * The one of {@code schemaversion_info}, and those that show a condition that is not as it should
   * be, or a count that is not 0. All alerts work with them.
   */
  Problems;

  /** The variable with one of the names; all series by default. */
  public static final String VARIABLE = "SCHEMAVERSION_METRICS";

  /**
   * Reads and validates the setting.
   *
   * @throws IllegalArgumentException with one sentence that names the variable and its valid values
   */
  public static ResourceSeries of(Map<String, String> environment) {
    var text = environment.getOrDefault(VARIABLE, All.name());
    return switch (text) {
      case "All" -> All;
      case "Problems" -> Problems;
      default ->
          throw new IllegalArgumentException(
              "%s is \"%s\", but must be All or Problems".formatted(VARIABLE, text));
    };
  }
}
