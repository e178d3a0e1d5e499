package dev.schemaversion.api.v1alpha1;

import java.time.Duration;
import java.util.Locale;

/** How users write durations: {@code 1h}, {@code 1h30m} or {@code 90s}. */
final class DurationText {
  /** Together with a size of {@link #SHORTEST} to {@link #LONGEST}. */
  static final String PATTERN = "^([0-9]{1,5}h)?([0-9]{1,5}m)?([0-9]{1,6}s)?$";

  static final int SHORTEST = 2;
  static final int LONGEST = 18;

  private DurationText() {}

  static Duration parse(String text) {
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }
}
