package dev.schemaversion.runner.mariadb.rows;

import dev.schemaversion.runner.rows.ValueSize;
import java.math.BigInteger;

/** How large the values of the types of MariaDB and MySQL may be. */
final class MariaDbSize {
  private MariaDbSize() {}

  /**
   * The size of a type; null for a type that has none.
   *
   * @param characters the largest number of characters
   * @param precision the digits of a decimal number, {@code scale} of them after the point
   */
  static ValueSize of(String type, boolean isUnsigned, long characters, int precision, int scale) {
    return switch (type) {
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" ->
          // Spaces at the end are cut off without an error.
          ValueSize.text(characters, "CHAR_LENGTH(TRIM(TRAILING ' ' FROM %s)) > " + characters);
      case "decimal" ->
          ValueSize.number(
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

  private static ValueSize integer(int bits, boolean isUnsigned, int digits) {
    var half = BigInteger.TWO.pow(bits - 1);
    var least = isUnsigned ? BigInteger.ZERO : half.negate();
    var most = (isUnsigned ? half.shiftLeft(1) : half).subtract(BigInteger.ONE);
    return ValueSize.number(digits, "ROUND(%s) NOT BETWEEN " + least + " AND " + most);
  }
}
