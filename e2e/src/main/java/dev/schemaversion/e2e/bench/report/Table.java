package dev.schemaversion.e2e.bench.report;

import dev.schemaversion.e2e.bench.timeline.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table of text.
 *
 * @param header the titles of the columns
 * @param rows the rows, of as many cells each
 */
public record Table(List<String> header, List<List<String>> rows) {

  /** Returns the seconds of each way. */
  public static Table seconds(ScenarioFigures scenario) {
    return new Table(
        List.of("way", "median, s", "lowest to highest", "ratio", "other pods"),
        scenario.ways().stream()
            .map(
                way ->
                    List.of(
                        way.way(),
                        number(way.median()),
                        number(Collections.min(way.seconds()))
                            + " to "
                            + number(Collections.max(way.seconds())),
                        way.ratio() == null ? "-" : number(way.ratio()),
                        way.pods() + written(way.wrote())))
            .toList());
  }

  private static String written(Boolean wrote) {
    return wrote == null ? "" : wrote ? ", status written" : ", nothing written";
  }

  /** Returns what the time of each way's typical measurement was spent on. */
  public static Table parts(ScenarioFigures scenario) {
    return new Table(
        Stream.concat(Stream.of("way, s"), Arrays.stream(Part.values()).map(Part::title)).toList(),
        scenario.ways().stream()
            .map(
                way ->
                    Stream.concat(
                            Stream.of(way.way()),
                            Arrays.stream(Part.values())
                                .map(part -> number(way.parts().getOrDefault(part, 0.0))))
                        .toList())
            .toList());
  }

  /** Returns the moments of a way's typical measurement. */
  public static Table moments(Figures way) {
    var rows = new ArrayList<List<String>>();
    long before = 0;
    for (var moment : way.moments()) {
      rows.add(
          List.of(
              number(moment.millis() / 1000.0),
              moment.part() == null ? "" : "+" + number((moment.millis() - before) / 1000.0),
              moment.part() == null ? "" : moment.part().title(),
              moment.name()));
      if (moment.part() != null) {
        before = moment.millis();
      }
    }
    return new Table(List.of("s", "took", "part", "what"), rows);
  }

  /** Formats with two decimals. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** Returns the table for a terminal. */
  public String text() {
    var widths =
        IntStream.range(0, header.size())
            .map(column -> all().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    return all()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(
                        column ->
                            row.get(column) + " ".repeat(widths[column] - row.get(column).length()))
                    .collect(Collectors.joining("  "))
                    .stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** Returns the table in Markdown. */
  public String markdown() {
    var lines = new ArrayList<>(all().map(Table::line).toList());
    lines.add(1, "|" + "---|".repeat(header.size()));
    return String.join("\n", lines) + "\n";
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private Stream<List<String>> all() {
    return Stream.concat(Stream.of(header), rows.stream());
  }
}
