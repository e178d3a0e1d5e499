package dev.schemaversion.e2e.bench.timeline;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The moments of one measurement, up to the one that it waited for.
 *
 * @param moments in their order
 * @param millis how long the whole took
 */
public record Timeline(List<Moment> moments, long millis) {
  /**
   * Creates a timeline that ends with a moment; later and earlier ones than all of it are left out.
   */
  public static Timeline until(Moment end, Stream<Moment> moments) {
    var within =
        moments
            .filter(moment -> moment.millis() >= 0 && moment.millis() <= end.millis())
            .filter(moment -> !moment.equals(end))
            .sorted(Comparator.comparingLong(Moment::millis));
    return new Timeline(Stream.concat(within, Stream.of(end)).toList(), end.millis());
  }

  /** Returns what the time was spent on: the sum is the whole. */
  public Map<Part, Long> parts() {
    var parts = new EnumMap<Part, Long>(Part.class);
    long before = 0;
    for (var moment : moments) {
      if (moment.part() != null) {
        parts.merge(moment.part(), moment.millis() - before, Long::sum);
        before = moment.millis();
      }
    }
    return parts;
  }
}
