package dev.schemaversion.e2e.matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints how often the programs of each kind of workload started, satisfied and not. */
record Table(List<Place> places, Map<String, List<String>> written) {
  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    lines.add("starts of programs, as they say themselves: satisfied / unsatisfied");
    lines.add(row("", places.stream().map(place -> place.order().toString()).toList()));
    lines.add(row("operator:", places.stream().map(place -> "" + place.operator()).toList()));
    for (var kind : Kind.values()) {
      lines.add(row(kind.toString(), places.stream().map(place -> counts(place, kind)).toList()));
    }
    lines.add(
        "%d cells: %d satisfied, of which %d started; %d unsatisfied, of which %d started"
            .formatted(
                2 * Kind.values().length * places.size(),
                Kind.values().length * places.size(),
                started(Need.SATISFIED),
                Kind.values().length * places.size(),
                started(Need.UNSATISFIED)));
    return String.join("\n", lines);
  }

  /** The versions that the starts of one workload found. */
  List<String> of(Place place, Kind kind, Need need) {
    return written.getOrDefault(place.namespace() + "/" + kind.name(need), List.of());
  }

  private String counts(Place place, Kind kind) {
    return Arrays.stream(Need.values())
        .map(need -> "" + of(place, kind, need).size())
        .collect(Collectors.joining(" / "));
  }

  private long started(Need need) {
    return places.stream()
        .flatMap(place -> Arrays.stream(Kind.values()).map(kind -> of(place, kind, need)))
        .filter(starts -> !starts.isEmpty())
        .count();
  }

  private static String row(String head, List<String> columns) {
    return "%-13s".formatted(head)
        + columns.stream().map("%16s"::formatted).collect(Collectors.joining());
  }
}
