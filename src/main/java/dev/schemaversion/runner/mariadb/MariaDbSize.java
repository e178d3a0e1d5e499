package dev.schemaversion.runner.mariadb;

import java.math.BigInteger;

/**
 * How large the values of a type may be.
 *
 * @param family types that a change of a column's type converts into each other
 * @param limit the largest number of characters, or of digits before the point
 * @param breaks the condition for a value that is too large, with {@code %s} for it
 */
record MariaDbSize(String family, long limit, String breaks) {
  /**
   * The size of a type; null for a type that has none.
   *
   * @param characters the largest number of characters
   * @param precision the digits of a decimal number, {@code scale} of them after the point
   */
  static MariaDbSize of(
      String type, boolean isUnsigned, long characters, int precision, int scale) {
    return switch (type) {
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" ->
          // Spaces at the end are cut off without an error.
          new MariaDbSize(
              "text", characters, "CHAR_LENGTH(TRIM(TRAILING ' ' FROM %s)) > " + characters);
      case "decimal" ->
          new MariaDbSize(
              "number",
              precision - scale,
              "ABS(ROUND(%s, " + scale + ")) >= 1" + "0".repeat(precision - scale));
      case "tinyint" -> integer(8, isUnsigned, 3);
      case "smallint" -> integer(16, isUnsigned, 5);
      case "mediumint" -> integer(24, isUnsigned, 7);
      case "int" -> integer(32, isUnsigned, 10);
      case "bigint" -> integer(64, isUnsigned, 19);
      default -> null;
    };
  }

  private static MariaDbSize integer(int bits, boolean isUnsigned, int digits) {
    var half = BigInteger.TWO.pow(bits - 1);
    var least = isUnsigned ? BigInteger.ZERO : half.negate();
    var most = (isUnsigned ? half.shiftLeft(1) : half).subtract(BigInteger.ONE);
    return new MariaDbSize("number", digits, "ROUND(%s) NOT BETWEEN " + least + " AND " + most);
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
