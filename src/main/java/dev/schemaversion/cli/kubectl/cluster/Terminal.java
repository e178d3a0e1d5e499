package dev.schemaversion.cli.kubectl.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * Where a command prints, whom it asks, and its clock.
 *
 * @param out the standard output
 * @param err the standard error, for progress and questions
 * @param in the standard input
 * @param clock the present time
 * @param pause waits between two requests
 */
public record Terminal(
    PrintWriter out, PrintWriter err, BufferedReader in, Clock clock, Pause pause) {

  /** Waits for a time. */
  @FunctionalInterface
  public interface Pause {
    /** Returns after the time; false if the user has interrupted it. */
    boolean of(Duration time);
  }

  /** Sleeps. */
  public static boolean sleep(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Prints a result. */
  public void print(String line) {
    out.println(line);
    out.flush();
  }

  /** Prints progress, a note or a question, which is no part of the result. */
  public void note(String line) {
    err.println(line);
    err.flush();
  }

  /** Asks a question; anything but yes, also the end of the input, is no. */
  public boolean confirm(String question) {
    err.print(question + " [y/N] ");
    err.flush();
    try {
      var answer = in.readLine();
      return answer != null && Set.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the present time. */
  public Instant now() {
    return clock.instant();
  }
}
