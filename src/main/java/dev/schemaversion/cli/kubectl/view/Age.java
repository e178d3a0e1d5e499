package dev.schemaversion.cli.kubectl.view;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Prints durations as kubectl does: the two largest units at most. */
public final class Age {
  private static final int DAYS_OF_YEAR = 365;
  private static final int HOURS_OF_DAY = 24;
  private static final int MINUTES_OF_HOUR = 60;

  private Age() {}

  /** Returns the time since an instant of the API, such as {@code 12m}; {@code ?} for none. */
  public static String since(String instant, Instant now) {
    try {
      return instant == null ? "?" : of(Duration.between(Instant.parse(instant), now));
    } catch (DateTimeException e) {
      return "?";
    }
  }

  /** Returns a duration, such as {@code 4m10s}. A negative one is none: clocks differ. */
  public static String of(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    long minutes = seconds / MINUTES_OF_HOUR;
    long hours = minutes / MINUTES_OF_HOUR;
    long days = hours / HOURS_OF_DAY;
    if (seconds < 120) {
      return seconds + "s";
    }
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    if (hours < 8) {
      return two(hours, "h", minutes % MINUTES_OF_HOUR, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    if (days < 8) {
      return two(days, "d", hours % HOURS_OF_DAY, "h");
    }
    if (days < 2 * DAYS_OF_YEAR) {
      return days + "d";
    }
    long years = days / DAYS_OF_YEAR;
    return years < 8 ? two(years, "y", days % DAYS_OF_YEAR, "d") : years + "y";
  }

  private static String two(long large, String unit, long small, String smallUnit) {
    return small == 0 ? large + unit : large + unit + small + smallUnit;
  }
}
