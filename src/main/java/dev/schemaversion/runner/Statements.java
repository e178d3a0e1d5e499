package dev.schemaversion.runner;

/** SQL as it stands in messages. */
final class Statements {
  private static final int BRIEF = 160;

  private Statements() {}

  /** In one line, and not too long. */
  static String brief(String sql) {
    var line = sql.strip().replaceAll("\\s+", " ");
    return line.length() <= BRIEF ? line : line.substring(0, BRIEF) + " …";
  }
}
