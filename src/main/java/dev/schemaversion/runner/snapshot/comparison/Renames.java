package dev.schemaversion.runner.snapshot.comparison;

import dev.schemaversion.runner.snapshot.Kind;
import dev.schemaversion.runner.snapshot.Line;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pairs an object that is missing with one that is unexpected and is the same but for its name. A
 * table is the same when all that belongs to it is; then nothing of that is told again.
 */
final class Renames {
  /** What does not stand before a name in a definition; text in quotes is not renamed. */
  private static final String BEFORE = "[\\w$\".']";

  /** What does not stand behind it. */
  private static final String BEHIND = "[\\w$\"]";

  private final Map<Line, Line> told = new LinkedHashMap<>();
  private final TreeSet<Line> missing;
  private final TreeSet<Line> unexpected;

  /** As whole names, the old one of each container to the new. */
  private final Map<String, String> containers = new LinkedHashMap<>();

  private Renames(Collection<Line> missing, Collection<Line> unexpected) {
    this.missing = new TreeSet<>(missing);
    this.unexpected = new TreeSet<>(unexpected);
  }

  static Renames among(Collection<Line> missing, Collection<Line> unexpected) {
    var renames = new Renames(missing, unexpected);
    renames.pairContainers();
    renames.pairTheRest();
    return renames;
  }

  Map<Line, Line> told() {
    return told;
  }

  Collection<Line> missing() {
    return missing;
  }

  Collection<Line> unexpected() {
    return unexpected;
  }

  /** Whether two lines differ only in that they mention what was renamed. */
  boolean explain(Line expected, Line found) {
    return !containers.isEmpty() && renamed(expected.content()).equals(found.content());
  }

  private void pairContainers() {
    var old = contents(missing);
    var inUnexpected = contents(unexpected);
    var bodies = new HashMap<List<String>, Deque<Line>>();
    var sizes = new HashSet<Integer>();
    inUnexpected.forEach(
        (line, inside) -> {
          bodies.computeIfAbsent(body(line, inside), b -> new ArrayDeque<>()).add(line);
          sizes.add(inside.size());
        });
    old.forEach(
        (line, inside) -> {
          // bodies are dear, and mostly there is nothing to pair
          var same = sizes.contains(inside.size()) ? bodies.get(body(line, inside)) : null;
          if (same != null && !same.isEmpty()) {
            var other = same.remove();
            told.put(line, other);
            containers.put(line.name(), other.name());
            missing.remove(line);
            missing.removeAll(inside);
            unexpected.remove(other);
            unexpected.removeAll(inUnexpected.get(other));
          }
        });
  }

  private void pairTheRest() {
    var candidates = new HashMap<String, Deque<Line>>();
    for (var line : unexpected) {
      candidates.computeIfAbsent(identity(line, line.content()), i -> new ArrayDeque<>()).add(line);
    }
    for (var line : List.copyOf(missing)) {
      if (line.kind() == Kind.EXTENSION || isContainer(line.kind())) {
        continue; // a name is all there is to it, or more than its line
      }
      var same = candidates.get(identity(line, renamed(line.content())));
      if (same != null && !same.isEmpty()) {
        var other = same.remove();
        told.put(line, other);
        missing.remove(line);
        unexpected.remove(other);
      }
    }
  }

  /** Columns and the like stay where they are; another type in the same place is another thing. */
  private static String identity(Line line, String content) {
    return line.kind() + "\n" + line.within() + "\n" + arguments(line.local()) + "\n" + content;
  }

  /** With the bracket: those of a function; empty for all that has none. */
  private static String arguments(String local) {
    int bracket = local.indexOf('(');
    return bracket < 0 ? "" : local.substring(bracket);
  }

  /** Those lines that others of the same set are within, with these. */
  private static Map<Line, List<Line>> contents(Collection<Line> lines) {
    var byName = new HashMap<String, Line>();
    lines.stream()
        .filter(line -> isContainer(line.kind()))
        .forEach(line -> byName.put(line.name(), line));
    var contents = new LinkedHashMap<Line, List<Line>>();
    byName.values().stream().sorted().forEach(line -> contents.put(line, new ArrayList<>()));
    for (var line : lines) {
      var container = byName.get(line.within());
      if (container != null && !isContainer(line.kind())) {
        contents.get(container).add(line);
      }
    }
    return contents;
  }

  private static boolean isContainer(Kind kind) {
    return switch (kind) {
      case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, DOMAIN -> true;
      default -> false;
    };
  }

  /** All there is to a container but its name, which stands as chr(0) where it is mentioned. */
  private static List<String> body(Line container, List<Line> inside) {
    var self = mention(container.name());
    var body = new ArrayList<String>();
    body.add(container.kind() + "\n" + self.matcher(container.content()).replaceAll("\0"));
    for (var line : inside) {
      body.add(
          line.kind() + " " + line.local() + "\n" + self.matcher(line.content()).replaceAll("\0"));
    }
    return body;
  }

  private String renamed(String content) {
    var text = content;
    for (var entry : containers.entrySet()) {
      text =
          mention(entry.getKey())
              .matcher(text)
              .replaceAll(Matcher.quoteReplacement(entry.getValue()));
    }
    return text;
  }

  private static Pattern mention(String name) {
    return Pattern.compile(
        "(?<!" + BEFORE + ")" + Pattern.quote(name) + "(?!" + BEHIND + ")",
        Pattern.UNICODE_CHARACTER_CLASS);
  }
}
