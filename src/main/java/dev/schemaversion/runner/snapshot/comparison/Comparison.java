package dev.schemaversion.runner.snapshot.comparison;

import dev.schemaversion.runner.snapshot.Kind;
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
 * What differs between the schema that is expected and the one that was found.
 *
 * @param differences what counts, in the order of the lines
 * @param notes what is only told, one line each
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
   * @throws IllegalArgumentException if their headers differ, so that they cannot be compared
   */
  public static Comparison of(Snapshot expected, Snapshot found) {
    if (!expected.header().equals(found.header())) {
      throw new IllegalArgumentException(
          "snapshots of other kinds: " + expected.header() + " and " + found.header());
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
    var notes = new ArrayList<String>();
    var sorted = new TreeMap<Line, Difference>();
    renames.told().forEach((from, to) -> sorted.put(from, new Difference.Renamed(from, to)));
    different.forEach(
        (line, other) -> {
          if (!renames.explain(line, other)) {
            sorted.put(line, new Difference.Different(line, other));
          }
        });
    renames.missing().forEach(line -> sorted.put(line, new Difference.Missing(line)));
    for (var line : renames.unexpected()) {
      if (line.kind() == Kind.EXTENSION) {
        notes.add("+ " + line.title()); // one more does no harm
      } else {
        sorted.put(line, new Difference.Unexpected(line));
      }
    }
    return new Comparison(List.copyOf(sorted.values()), notes);
  }

  /** This comparison, with the notes taken on both sides. */
  public Comparison withNotes(List<String> expected, List<String> found) {
    var gone = new TreeSet<>(expected);
    gone.removeAll(new TreeSet<>(found));
    var come = new TreeSet<>(found);
    come.removeAll(new TreeSet<>(expected));
    var all = new ArrayList<>(notes);
    gone.forEach(note -> all.add("- " + note));
    come.forEach(note -> all.add("+ " + note));
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
