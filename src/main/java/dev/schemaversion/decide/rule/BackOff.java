package dev.schemaversion.decide.rule;

import java.time.Duration;

/** How long to wait after an attempt that may succeed when repeated. */
final class BackOff {
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private BackOff() {}

  /**
   * Five seconds after the first attempt, doubled after each, five minutes at most.
   *
   * @param attempt the attempt that failed, counted from 1
   */
  static Duration after(int attempt) {
    // 5 s · 2⁶ exceeds the longest; more shifts would only overflow.
    var wait = FIRST.multipliedBy(1L << Math.min(attempt - 1, 6));
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }
}
