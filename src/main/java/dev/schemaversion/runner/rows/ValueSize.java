package dev.schemaversion.runner.rows;

/**
 * How large the values of a column's type may be.
 *
 * @param family types that a change of a column's type converts into each other
 * @param limit the largest number of characters, or of digits before the point; {@link
 *     RowRule#NO_LIMIT} if there is none
 * @param breaks the condition for a value that is too large, with {@code %s} for it
 */
public record ValueSize(String family, long limit, String breaks) {
  private static final String TEXT = "text";

  /** The size of a text. */
  public static ValueSize text(long characters, String breaks) {
    return new ValueSize(TEXT, characters, breaks);
  }

  /** The size of a number. */
  public static ValueSize number(long digits, String breaks) {
    return new ValueSize("number", digits, breaks);
  }

  /** What a column must satisfy, as the end of a sentence about its table. */
  public String what(String column) {
    return "must have at most "
        + limit
        + (family.equals(TEXT) ? " characters" : " digits before the point")
        + " in "
        + column;
  }

  /** The condition for rows whose value in a column is too large. */
  public String breaks(String column) {
    return breaks.formatted(column);
  }
}
