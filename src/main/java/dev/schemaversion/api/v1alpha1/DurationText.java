package dev.schemaversion.api.v1alpha1;

import java.time.Duration;
import java.util.Locale;

/** The text format of durations in the spec: {@code 1h}, {@code 1h30m} or {@code 90s}. */
final class DurationText {
  /** The format; the length must also be from {@link #SHORTEST} to {@link #LONGEST}. */
  static final String PATTERN = "^([0-9]{1,5}h)?([0-9]{1,5}m)?([0-9]{1,6}s)?$";

  static final int SHORTEST = 2;
  static final int LONGEST = 18;

  private DurationText() {}

  static Duration parse(String text) {
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }
}
