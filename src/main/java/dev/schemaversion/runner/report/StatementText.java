package dev.schemaversion.runner.report;

/** Formats SQL for messages. */
public final class StatementText {
  private static final int BRIEF = 160;

  private StatementText() {}

  /** Returns the statement in one line, truncated if it is long. */
  public static String brief(String sql) {
    var line = sql.strip().replaceAll("\\s+", " ");
    return line.length() <= BRIEF ? line : line.substring(0, BRIEF) + " …";
  }
}
