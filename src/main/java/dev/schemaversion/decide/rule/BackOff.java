package dev.schemaversion.decide.rule;

import java.time.Duration;

/** The exponential back-off between attempts. */
final class BackOff {
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration MAXIMUM = Duration.ofMinutes(5);

  private BackOff() {}

  /**
   * Returns how long to wait after a failed attempt: five seconds after the first one, doubled
   * after each, at most five minutes.
   *
   * @param attempt the attempt that failed, counted from 1
   */
  static Duration after(int attempt) {
    // 5 s · 2⁶ exceeds the maximum; more shifts would only overflow.
    var wait = FIRST.multipliedBy(1L << Math.min(attempt - 1, 6));
    return wait.compareTo(MAXIMUM) < 0 ? wait : MAXIMUM;
  }
}
