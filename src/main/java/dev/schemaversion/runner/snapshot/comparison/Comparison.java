package dev.schemaversion.runner.snapshot.comparison;

import dev.schemaversion.runner.snapshot.Line;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The result of comparing the expected schema with the actual one.
 *
 * @param differences the differences that count, in the order of the lines
 * @param notes the differences that are reported but do not count, one line each
 */
public record Comparison(List<Difference> differences, List<String> notes) {
  /** Copies the lists. */
  public Comparison {
    differences = List.copyOf(differences);
    notes = List.copyOf(notes);
  }

  /**
   * Compares two snapshots.
   *
   * @throws IllegalArgumentException if their headers differ
   */
  public static Comparison of(Snapshot expected, Snapshot found) {
    var differences = changes(expected, found);
    var significance = Significance.of(found, differences);
    return new Comparison(
        differences.stream().filter(significance::counts).toList(),
        differences.stream()
            .filter(difference -> !significance.counts(difference))
            .map(Difference::toString)
            .toList());
  }

  /**
   * Lists all differences between two snapshots, whether they count in a proof or not.
   *
   * @throws IllegalArgumentException if their headers differ
   */
  public static List<Difference> changes(Snapshot expected, Snapshot found) {
    if (!expected.header().equals(found.header())) {
      throw new IllegalArgumentException(
          "snapshots with different headers: " + expected.header() + " and " + found.header());
    }
    var missing = byKey(expected);
    var unexpected = byKey(found);
    var different = new TreeMap<Line, Line>();
    for (var line : expected.lines()) {
      var other = unexpected.get(line.key());
      if (other != null) {
        missing.remove(line.key());
        unexpected.remove(line.key());
        if (!line.content().equals(other.content())) {
          different.put(line, other);
        }
      }
    }
    var renames = Renames.among(missing.values(), unexpected.values());
    var sorted = new TreeMap<Line, Difference>();
    renames.renamed().forEach((from, to) -> sorted.put(from, new Difference.Renamed(from, to)));
    different.forEach(
        (line, other) -> {
          if (!renames.explain(line, other)) {
            sorted.put(line, new Difference.Different(line, other));
          }
        });
    renames.missing().forEach(line -> sorted.put(line, new Difference.Missing(line)));
    renames.unexpected().forEach(line -> sorted.put(line, new Difference.Unexpected(line)));
    return List.copyOf(sorted.values());
  }

  /** Returns this comparison with the notes that only one side has. */
  public Comparison withNotes(List<String> expected, List<String> found) {
    var removed = new TreeSet<>(expected);
    removed.removeAll(new TreeSet<>(found));
    var added = new TreeSet<>(found);
    added.removeAll(new TreeSet<>(expected));
    var all = new ArrayList<>(notes);
    removed.forEach(note -> all.add("- " + note));
    added.forEach(note -> all.add("+ " + note));
    return new Comparison(differences, all);
  }

  /** Whether nothing that counts differs. */
  public boolean isEqual() {
    return differences.isEmpty();
  }

  private static Map<Line.Key, Line> byKey(Snapshot snapshot) {
    return snapshot.lines().stream()
        .collect(
            Collectors.toMap(
                Line::key,
                line -> line,
                (one, two) -> {
                  throw new IllegalStateException("two lines for " + one.title());
                },
                LinkedHashMap::new));
  }
}
