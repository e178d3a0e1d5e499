package dev.schemaversion.runner.postgres;

import dev.schemaversion.runner.rows.RowRule;

/**
 * How large the values of a type may be.
 *
 * @param family types that a change of a column's type converts into each other without {@code
 *     USING}
 * @param limit the largest number of characters, or of digits before the point
 * @param breaks the condition for a value that is too large, with {@code %s} for it
 */
record PostgreSqlSize(String family, long limit, String breaks) {
  private static final int HEADER = 4;

  /** The size of a type with its modifier; null for a type that has none. */
  static PostgreSqlSize of(String type, int modifier) {
    return switch (type) {
      case "text" -> text(-1);
      case "varchar", "bpchar" -> text(modifier);
      case "int2" -> integer(5, Short.MIN_VALUE, Short.MAX_VALUE);
      case "int4" -> integer(10, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "int8" -> integer(19, Long.MIN_VALUE, Long.MAX_VALUE);
      case "numeric" -> numeric(modifier);
      default -> null;
    };
  }

  /** Spaces at the end are cut off without an error. */
  private static PostgreSqlSize text(int modifier) {
    long limit = modifier < 0 ? RowRule.NO_LIMIT : modifier - HEADER;
    return new PostgreSqlSize("text", limit, "char_length(rtrim(%s, ' ')) > " + limit);
  }

  private static PostgreSqlSize integer(int digits, long least, long most) {
    return new PostgreSqlSize(
        "number", digits, "round(%s::numeric) NOT BETWEEN " + least + " AND " + most);
  }

  private static PostgreSqlSize numeric(int modifier) {
    if (modifier < 0) {
      return new PostgreSqlSize("number", RowRule.NO_LIMIT, "false");
    }
    int precision = ((modifier - HEADER) >> 16) & 0xffff;
    // a signed number of eleven bits
    int scale = (((modifier - HEADER) & 0x7ff) ^ 1024) - 1024;
    return new PostgreSqlSize(
        "number",
        precision - scale,
        "%1$s::numeric <> 'NaN' AND abs(round(%1$s::numeric, "
            + scale
            + ")) >= 10::numeric ^ "
            + (precision - scale));
  }

  String what(String column) {
    return "must have at most "
        + limit
        + (family.equals("text") ? " characters" : " digits before the point")
        + " in "
        + column;
  }

  String breaks(String column) {
    return breaks.formatted(column);
  }
}
