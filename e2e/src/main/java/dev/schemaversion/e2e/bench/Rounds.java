package dev.schemaversion.e2e.bench;

import dev.schemaversion.e2e.bench.report.Figures;
import dev.schemaversion.e2e.bench.report.Figures.Measurement;
import dev.schemaversion.e2e.bench.report.Machine;
import dev.schemaversion.e2e.bench.report.Report;
import dev.schemaversion.e2e.bench.report.ScenarioFigures;
import dev.schemaversion.e2e.bench.report.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Measures all scenarios: in each round, all ways one after another. */
final class Rounds {
  private final Options options;
  private final Map<Way, Delivery> deliveries;
  private final Course course;
  private final Progress progress;

  Rounds(Options options, Map<Way, Delivery> deliveries, Course course, Progress progress) {
    this.options = options;
    this.deliveries = deliveries;
    this.course = course;
    this.progress = progress;
  }

  /** Measures, prints a table for each scenario, and adds its figures to a report. */
  void run(Machine machine, Report report, PrintStream out)
      throws IOException, InterruptedException {
    warmUp();
    for (var scenario : options.scenarios()) {
      var again = new EnumMap<Way, List<Measurement>>(Way.class);
      var measured = measure(scenario, again);
      publish(scenario.id(), figures(scenario.title(), machine, measured), report, out);
      if (!again.isEmpty()) {
        publish(
            scenario.id() + "-again",
            figures(scenario.title() + ", applied again", machine, again),
            report,
            out);
      }
    }
  }

  private static void publish(String id, ScenarioFigures figures, Report report, PrintStream out)
      throws IOException {
    report.put(id, figures);
    out.println();
    out.println(figures.title() + " (" + figures.machine().inWords() + ")");
    out.println(Table.seconds(figures).text());
    if (figures.showsParts()) {
      out.println(Table.parts(figures).text());
    }
  }

  private static ScenarioFigures figures(
      String title, Machine machine, Map<Way, List<Measurement>> measured) {
    return new ScenarioFigures(
        title,
        LocalDate.now().toString(),
        machine,
        measured.entrySet().stream()
            .map(way -> Figures.of(way.getKey().title(), way.getValue(), measured.get(Way.JOB)))
            .toList());
  }

  /** The first run of each way loads images and classes. */
  private void warmUp() throws InterruptedException {
    for (var way : deliveries.entrySet()) {
      progress.say("Warming up: " + way.getKey().title());
      var unused = course.measure(Scenario.NEW, way.getValue());
    }
  }

  /**
   * Measures a scenario.
   *
   * @param again gets what the second application of the same takes, where that is measured
   */
  private Map<Way, List<Measurement>> measure(Scenario scenario, Map<Way, List<Measurement>> again)
      throws InterruptedException {
    var measured = new EnumMap<Way, List<Measurement>>(Way.class);
    var order = new ArrayList<>(deliveries.keySet().stream().filter(scenario::has).toList());
    for (int round = 1; round <= options.runs(); round++) {
      for (var way : order) {
        var measurement = course.measure(scenario, deliveries.get(way));
        add(measured, way, measurement);
        progress.say(
            "%s, round %d of %d, %s: %d ms"
                .formatted(
                    scenario.title(),
                    round,
                    options.runs(),
                    way.title(),
                    measurement.timeline().millis()));
        if (scenario == Scenario.NEW) {
          add(again, way, course.again(deliveries.get(way)));
        }
      }
      // Each way follows another one in the next round.
      Collections.rotate(order, 1);
    }
    return measured;
  }

  private static void add(Map<Way, List<Measurement>> all, Way way, Measurement measurement) {
    all.computeIfAbsent(way, key -> new ArrayList<>()).add(measurement);
  }
}
