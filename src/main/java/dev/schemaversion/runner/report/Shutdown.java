package dev.schemaversion.runner.report;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether the run has to end, because somebody wants it or its time is over. It is asked between
 * migrations, never inside one.
 */
public final class Shutdown {
  private final LongSupplier nanoTime;
  private final long begin;
  private volatile boolean told;
  private volatile Integer seconds;

  /** For a run that begins now. */
  public Shutdown() {
    this(System::nanoTime);
  }

  public Shutdown(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.begin = nanoTime.getAsLong();
  }

  /** Somebody wants it to end. */
  public void request() {
    told = true;
  }

  /** How long it may take, in seconds; null for any time. */
  public void limit(Integer seconds) {
    this.seconds = seconds;
  }

  /** Ends the run before it has asked the database for anything. */
  public void endAtStart() {
    end("before anything was done", "It is tried again.");
  }

  /**
   * Ends the run before a script on the database itself.
   *
   * @throws RunFailure {@link Outcome#INTERRUPTED} or {@link Outcome#RUN_TIME_LIMIT}
   */
  public void endBefore(String next) {
    end("before " + next, "What ran until then is committed; the next attempt goes on from here.");
  }

  /** The same before a script on the scratch server. */
  public void endTrialBefore(String next) {
    end(
        "before " + next + " on the scratch server",
        "The database was not touched; the next attempt begins the proof anew.");
  }

  private void end(String where, String state) {
    if (isRequested()) {
      var cure = told ? "" : " If no attempt comes any further, allow more.";
      throw new RunFailure(outcome(), why() + ", and stopped " + where + ". " + state + cure);
    }
  }

  public boolean isRequested() {
    return told || isOver();
  }

  /** How a run ends that has stopped. */
  public Outcome outcome() {
    return told ? Outcome.INTERRUPTED : Outcome.RUN_TIME_LIMIT;
  }

  /** Why it has to end, as the beginning of a sentence. */
  public String why() {
    return told
        ? "Told to stop"
        : "The run took longer than spec.job.limits.run allows (" + seconds + " s)";
  }

  private boolean isOver() {
    var allowed = seconds;
    return allowed != null && nanoTime.getAsLong() - begin >= Duration.ofSeconds(allowed).toNanos();
  }
}
