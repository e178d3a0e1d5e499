package dev.schemaversion.e2e.bench.report;

import java.util.List;

/**
 * The figures of all ways in one scenario.
 *
 * @param title the scenario for people
 * @param date the day of the measurement
 * @param machine where it was
 * @param ways the figures in the order of the ways
 */
public record ScenarioFigures(String title, String date, Machine machine, List<Figures> ways) {

  /** Whether it is known what the time was spent on. */
  public boolean showsParts() {
    return ways.stream().anyMatch(way -> !way.parts().isEmpty());
  }
}
