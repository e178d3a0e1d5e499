package dev.schemaversion.runner.mariadb;

/** Names and texts as they stand in SQL, whatever is in them. */
final class Quoted {
  private Quoted() {}

  public static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** Read the same whatever sql_mode says of backslashes. */
  public static String text(String text) {
    return text.indexOf('\\') < 0
        ? "'" + text.replace("'", "''") + "'"
        : "CONVERT(X'"
            + java.util.HexFormat.of()
                .formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            + "' USING utf8mb4)";
  }
}
