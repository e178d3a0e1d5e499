package dev.schemaversion.e2e.bench.report;

import java.util.List;
import java.util.stream.IntStream;

/** The statistics of few measurements. */
public final class Statistics {
  private Statistics() {}

  /**
   * Returns the median; of an even number of values the mean of the two in the middle.
   *
   * @throws IllegalArgumentException if there is no value
   */
  public static double median(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("There is no median of nothing");
    }
    var sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Returns the index of the value nearest to the median, the first one of several. */
  public static int typical(List<Double> values) {
    double median = median(values);
    int nearest = 0;
    for (int i = 1; i < values.size(); i++) {
      if (Math.abs(values.get(i) - median) < Math.abs(values.get(nearest) - median)) {
        nearest = i;
      }
    }
    return nearest;
  }

  /**
   * Returns the median of the ratios of values that were measured in turn.
   *
   * @throws IllegalArgumentException if they are no pairs
   */
  public static double ratio(List<Double> values, List<Double> references) {
    if (values.size() != references.size()) {
      throw new IllegalArgumentException(
          values.size() + " values and " + references.size() + " references are no pairs");
    }
    return median(
        IntStream.range(0, values.size())
            .mapToObj(i -> values.get(i) / references.get(i))
            .toList());
  }
}
