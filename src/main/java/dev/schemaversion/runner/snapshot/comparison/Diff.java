package dev.schemaversion.runner.snapshot.comparison;

import dev.schemaversion.runner.snapshot.Line;
import dev.schemaversion.runner.snapshot.Quoting;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Formats two definitions of one object as a diff; of a multi-line definition, only the part that
 * differs.
 */
final class Diff {
  private Diff() {}

  static String of(Line expected, Line found) {
    var minus = expected.content().split("\n", -1);
    var plus = found.content().split("\n", -1);
    if (minus.length == 1 || plus.length == 1) {
      return "- " + expected + "\n+ " + found;
    }
    var from = 0;
    while (from < Math.min(minus.length, plus.length) && minus[from].equals(plus[from])) {
      from++;
    }
    var same = 0; // equal lines at the end
    while (same < Math.min(minus.length, plus.length) - from
        && minus[minus.length - 1 - same].equals(plus[plus.length - 1 - same])) {
      same++;
    }
    var removed = List.of(minus).subList(from, minus.length - same).stream();
    var added = List.of(plus).subList(from, plus.length - same).stream();
    return Stream.concat(
            Stream.of("! " + expected.title() + ", from line " + (from + 1)),
            Stream.concat(
                removed.map(line -> "-   " + Quoting.line(line)),
                added.map(line -> "+   " + Quoting.line(line))))
        .collect(Collectors.joining("\n"));
  }
}
