package dev.schemaversion.runner.report;

/** SQL as it stands in messages. */
public final class StatementText {
  private static final int BRIEF = 160;

  private StatementText() {}

  /** In one line, and not too long. */
  public static String brief(String sql) {
    var line = sql.strip().replaceAll("\\s+", " ");
    return line.length() <= BRIEF ? line : line.substring(0, BRIEF) + " …";
  }
}
