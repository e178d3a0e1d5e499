package dev.schemaversion.e2e.bench.report;

import dev.schemaversion.e2e.bench.report.Figures.Measurement;
import dev.schemaversion.e2e.bench.timeline.Moment;
import dev.schemaversion.e2e.bench.timeline.Part;
import dev.schemaversion.e2e.bench.timeline.Timeline;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Figures of two ways. */
final class Some {
  private Some() {}

  static ScenarioFigures scenario() {
    var job = measured(4000, 3000, 5000);
    var always = measured(6000, 6000, 5000);
    return new ScenarioFigures(
        "A new database",
        "2026-12-01",
        new Machine("2", 24, "v1.36.3", "Debian"),
        List.of(Figures.of("Job", job, job), Figures.of("Always < all", always, job)));
  }

  /** Figures of what awaits nothing. */
  static ScenarioFigures again() {
    var nothing = List.of(new Measurement(new Timeline(List.of(), 40), 0, false));
    return new ScenarioFigures(
        "Again",
        "2026-12-01",
        new Machine("2", 24, "v1.36.3", "Debian"),
        List.of(Figures.of("Always", nothing, null)));
  }

  private static List<Measurement> measured(long... millis) {
    return LongStream.of(millis).mapToObj(Some::measured).toList();
  }

  private static Measurement measured(long millis) {
    var runs = new Moment("program runs", Part.PROGRAM, millis);
    return new Measurement(
        Timeline.until(runs, Stream.of(new Moment("Job | created", Part.REACTION, 500))), 1, null);
  }
}
