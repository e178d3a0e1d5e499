package dev.schemaversion.runner.report;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decides whether the run has to stop, because a stop was requested or its time limit is exceeded.
 * The runner checks between migrations, never during one.
 */
public final class Shutdown {
  private final LongSupplier nanoTime;
  private final long start;
  private volatile boolean requested;
  private volatile Integer seconds;

  /** Creates the shutdown of a run that starts now. */
  public Shutdown() {
    this(System::nanoTime);
  }

  public Shutdown(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** Requests the run to stop. */
  public void request() {
    requested = true;
  }

  /** Sets the time limit of the run in seconds; null for no limit. */
  public void limit(Integer seconds) {
    this.seconds = seconds;
  }

  /** Stops the run before it has connected to the database, if a stop is due. */
  public void endAtStart() {
    end("before it changed anything", "The operator retries.");
  }

  /**
   * Stops the run before a script on the real database, if a stop is due.
   *
   * @throws RunFailure {@link Outcome#INTERRUPTED} or {@link Outcome#RUN_TIME_LIMIT}
   */
  public void endBefore(String next) {
    end(
        "before " + next,
        "The migrations that completed are committed; the next attempt continues from there.");
  }

  /** Stops the run before a script on the scratch server, if a stop is due. */
  public void endRehearsalBefore(String next) {
    end(
        "before " + next + " on the scratch server",
        "The database was not touched; the next attempt restarts the proof.");
  }

  private void end(String where, String state) {
    if (isRequested()) {
      var remedy = requested ? "" : " If attempts make no progress, raise spec.job.limits.run.";
      throw new RunFailure(outcome(), why() + ", and stopped " + where + ". " + state + remedy);
    }
  }

  public boolean isRequested() {
    return requested || isOver();
  }

  /** The outcome of a stopped run. */
  public Outcome outcome() {
    return requested ? Outcome.INTERRUPTED : Outcome.RUN_TIME_LIMIT;
  }

  /** The reason why the run stops, as the beginning of a sentence. */
  public String why() {
    return requested
        ? "The run was asked to stop"
        : "The run exceeded spec.job.limits.run (" + seconds + " s)";
  }

  /** The seconds that are left of the time limit, at least one; empty without a limit. */
  public Optional<Integer> remaining() {
    var allowed = seconds;
    return allowed == null
        ? Optional.empty()
        : Optional.of(Math.max(1, Math.toIntExact(allowed - elapsed().toSeconds())));
  }

  private Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - start);
  }

  private boolean isOver() {
    var allowed = seconds;
    return allowed != null && elapsed().compareTo(Duration.ofSeconds(allowed)) >= 0;
  }
}
