package dev.schemaversion.e2e.bench.report;

import dev.schemaversion.e2e.bench.timeline.Moment;
import dev.schemaversion.e2e.bench.timeline.Part;
import dev.schemaversion.e2e.bench.timeline.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The figures of one way in one scenario.
 *
 * @param way the name of the way
 * @param seconds the measurements in their order
 * @param median their median
 * @param ratio the median of the ratios to the measurements of the first way; null without these
 * @param pods how many pods a measurement created beside the program's
 * @param wrote whether the SchemaVersion was written; null where there is none to look at
 * @param parts what the time of the typical measurement was spent on, in seconds
 * @param moments that measurement; empty where nothing is awaited
 */
public record Figures(
    String way,
    List<Double> seconds,
    double median,
    Double ratio,
    int pods,
    Boolean wrote,
    Map<Part, Double> parts,
    List<Moment> moments) {

  /**
   * One measurement.
   *
   * @param wrote as in {@link Figures}
   */
  public record Measurement(Timeline timeline, int pods, Boolean wrote) {
    double seconds() {
      return timeline.millis() / 1000.0;
    }
  }

  /**
   * Returns the figures of a way.
   *
   * @param reference the measurements of the way to compare with, from the same rounds; null for
   *     none
   */
  public static Figures of(String way, List<Measurement> measured, List<Measurement> reference) {
    var seconds = seconds(measured);
    var typical = measured.get(Statistics.typical(seconds));
    return new Figures(
        way,
        seconds,
        Statistics.median(seconds),
        reference == null ? null : Statistics.ratio(seconds, seconds(reference)),
        typical.pods(),
        typical.wrote(),
        typical.timeline().parts().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, part -> part.getValue() / 1000.0)),
        typical.timeline().moments());
  }

  private static List<Double> seconds(List<Measurement> measured) {
    return new ArrayList<>(measured.stream().map(Measurement::seconds).toList());
  }
}
