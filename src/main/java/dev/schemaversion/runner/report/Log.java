package dev.schemaversion.runner.report;

import java.io.PrintStream;
import java.sql.SQLException;

/** Writes the log of the pod; each line begins with the seconds since the start. */
public final class Log {
  private final PrintStream out;
  private final long start = System.nanoTime();

  public Log(PrintStream out) {
    this.out = out;
  }

  public void line(String text) {
    // Written by hand because String.format costs a noticeable part of the start-up time.
    long millis = (System.nanoTime() - start) / 1_000_000;
    out.println(seconds(millis) + "  " + text.replace("\n", "\n        "));
  }

  private static boolean isFlyways(Throwable cause) {
    for (Class<?> type = cause.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().startsWith("org.flywaydb.")) {
        return true;
      }
    }
    return false;
  }

  /** Milliseconds as seconds with three decimals. */
  public static String seconds(long millis) {
    var fraction = Long.toString(1000 + millis % 1000).substring(1);
    return millis / 1000 + "." + fraction + " s";
  }

  /**
   * Logs the stack trace of an error. The messages of the server and of Flyway are omitted, because
   * they may quote rows.
   */
  public void stackTrace(Throwable thrown) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      boolean mayQuoteRows = cause instanceof SQLException || isFlyways(cause);
      line(cause.getClass().getName() + (mayQuoteRows ? "" : ": " + cause.getMessage()));
      for (var frame : cause.getStackTrace()) {
        out.println("          at " + frame);
      }
    }
  }
}
