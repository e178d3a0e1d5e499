package dev.schemaversion.runner.report;

import java.io.PrintStream;
import java.sql.SQLException;
import java.time.InstantSource;

/**
 * Writes the log of the pod, and sets the {@link CurrentActivity}. Each line begins with the
 * seconds since the start.
 */
public final class Log {
  private final PrintStream out;
  private final CurrentActivity activity;
  private final long start = System.nanoTime();

  /** Creates a log of a run whose progress nobody reads. */
  public Log(PrintStream out) {
    this(out, new CurrentActivity(InstantSource.system()));
  }

  /** Creates the log of a run. */
  public Log(PrintStream out, CurrentActivity activity) {
    this.out = out;
    this.activity = activity;
  }

  /** Sets the name of the Job to which the run belongs. */
  public void belongsTo(String job) {
    activity.belongsTo(job);
  }

  /** Logs what the run begins to do, which is its activity from now on. */
  public void begin(String text) {
    line(text);
    activity.begin(text);
  }

  /**
   * Logs that a script begins to run, which is the activity from now on.
   *
   * @param what such as running or rehearsing
   * @param number counted from 1
   * @param total how many will run
   */
  public void script(String what, String file, int number, int total) {
    line(file + ": " + what + " (" + number + " of " + total + ")");
    activity.begin(what + " " + file, number, total);
  }

  /** Shows in the progress at which script the current activity is, which logs nothing. */
  public void count(int number, int total) {
    activity.count(number, total);
  }

  /** Logs how far the current activity is. */
  public void proceed(String text) {
    line(text);
    activity.proceed(text);
  }

  /** Logs for which sessions the run waits, which its progress shows until it waits no longer. */
  public void waiting(String sessions) {
    line("waiting for " + sessions);
    activity.waitsFor(sessions);
  }

  /** Removes from the progress for which sessions the run waits. */
  public void waitsNoLonger() {
    activity.waitsFor(null);
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
