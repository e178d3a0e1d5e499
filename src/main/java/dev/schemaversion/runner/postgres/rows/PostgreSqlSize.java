package dev.schemaversion.runner.postgres.rows;

import dev.schemaversion.runner.rows.RowRule;
import dev.schemaversion.runner.rows.ValueSize;

/** How large the values of the types of PostgreSQL may be. */
final class PostgreSqlSize {
  private static final int HEADER = 4;

  private PostgreSqlSize() {}

  /** The size of a type with its modifier; null for a type that has none. */
  static ValueSize of(String type, int modifier) {
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
  private static ValueSize text(int modifier) {
    long limit = modifier < 0 ? RowRule.NO_LIMIT : modifier - HEADER;
    return ValueSize.text(limit, "char_length(rtrim(%s, ' ')) > " + limit);
  }

  private static ValueSize integer(int digits, long least, long most) {
    return ValueSize.number(digits, "round(%s::numeric) NOT BETWEEN " + least + " AND " + most);
  }

  private static ValueSize numeric(int modifier) {
    if (modifier < 0) {
      return ValueSize.number(RowRule.NO_LIMIT, "false");
    }
    int precision = ((modifier - HEADER) >> 16) & 0xffff;
    // a signed number of eleven bits
    int scale = (((modifier - HEADER) & 0x7ff) ^ 1024) - 1024;
    return ValueSize.number(
        precision - scale,
        "%1$s::numeric <> 'NaN' AND abs(round(%1$s::numeric, "
            + scale
            + ")) >= 10::numeric ^ "
            + (precision - scale));
  }
}
