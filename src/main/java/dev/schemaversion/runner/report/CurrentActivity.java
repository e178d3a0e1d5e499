package dev.schemaversion.runner.report;

import dev.schemaversion.contract.Progress;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * What the run does at the moment. The run sets it, other threads read it and wait for its next
 * change.
 */
public final class CurrentActivity {
  /** A text can name a script or many sessions. */
  private static final int MAX_TEXT = 300;

  private final InstantSource clock;
  private Progress current;

  /** Creates the activity of a run that starts now. */
  public CurrentActivity(InstantSource clock) {
    this.clock = clock;
    this.current = new Progress(null, 0, "starting", null, null, now(), null);
  }

  /** Sets the name of the Job to which the run belongs. */
  public synchronized void belongsTo(String job) {
    set(job, current.activity(), current.script(), current.scripts(), current.since(), null);
  }

  /** Begins an activity. */
  void begin(String activity) {
    begin(activity, null, null);
  }

  /** Begins the activity of a script. */
  synchronized void begin(String activity, Integer script, Integer scripts) {
    set(current.job(), activity, script, scripts, now(), null);
  }

  /** Changes the text of the current activity, which goes on. */
  synchronized void proceed(String activity) {
    set(current.job(), activity, current.script(), current.scripts(), current.since(), null);
  }

  /** Sets at which script the current activity is. */
  synchronized void count(int script, int scripts) {
    set(current.job(), current.activity(), script, scripts, current.since(), null);
  }

  /** Sets the sessions for which the current activity waits; null if it no longer waits. */
  synchronized void waitsFor(String sessions) {
    if (!Objects.equals(cut(sessions), current.waitingFor())) {
      set(
          current.job(),
          current.activity(),
          current.script(),
          current.scripts(),
          current.since(),
          sessions);
    }
  }

  private void set(
      String job,
      String activity,
      Integer script,
      Integer scripts,
      String since,
      String waitingFor) {
    current =
        new Progress(
            job, current.revision() + 1, cut(activity), script, scripts, since, cut(waitingFor));
    notifyAll();
  }

  /**
   * Returns the progress as soon as its revision is another one than this, and after the patience
   * in any case.
   */
  public synchronized Progress after(long revision, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (current.revision() == revision) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        break;
      }
      wait(millis);
    }
    return current;
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String cut(String text) {
    return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }
}
