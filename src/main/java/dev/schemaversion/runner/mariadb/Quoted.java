package dev.schemaversion.runner.mariadb;

/** Quotes identifiers and text literals for SQL. */
public final class Quoted {
  private Quoted() {}

  public static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** Returns a literal that is independent of the sql_mode NO_BACKSLASH_ESCAPES. */
  public static String text(String text) {
    return text.indexOf('\\') < 0
        ? "'" + text.replace("'", "''") + "'"
        : "CONVERT(X'"
            + java.util.HexFormat.of()
                .formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            + "' USING utf8mb4)";
  }
}
