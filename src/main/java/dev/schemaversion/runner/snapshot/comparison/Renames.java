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
 * Pairs missing objects with unexpected ones that differ only in their name. A table matches if
 * everything that belongs to it matches; its columns, indexes and constraints are then not reported
 * again.
 */
final class Renames {
  /** Characters that cannot precede a name in a definition; quoted text is not renamed. */
  private static final String NOT_BEFORE = "[\\w$\".']";

  /** Characters that cannot follow a name. */
  private static final String NOT_AFTER = "[\\w$\"]";

  private final Map<Line, Line> renamed = new LinkedHashMap<>();
  private final TreeSet<Line> missing;
  private final TreeSet<Line> unexpected;

  /** Maps the qualified old name of each renamed container to its new name. */
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

  /** The expected lines of renamed objects, mapped to the actual ones. */
  Map<Line, Line> renamed() {
    return renamed;
  }

  Collection<Line> missing() {
    return missing;
  }

  Collection<Line> unexpected() {
    return unexpected;
  }

  /** Whether two lines differ only in the names of renamed containers. */
  boolean explain(Line expected, Line found) {
    return !containers.isEmpty() && withNewNames(expected.content()).equals(found.content());
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
          // building a body is expensive, and mostly there is nothing to pair
          var same = sizes.contains(inside.size()) ? bodies.get(body(line, inside)) : null;
          if (same != null && !same.isEmpty()) {
            var other = same.remove();
            renamed.put(line, other);
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
      if (line.kind() == Kind.EXTENSION
          || line.kind() == Kind.SETTING
          || isContainer(line.kind())) {
        continue; // the name of the first two is all they are; a container was paired above
      }
      var same = candidates.get(identity(line, withNewNames(line.content())));
      if (same != null && !same.isEmpty()) {
        var other = same.remove();
        renamed.put(line, other);
        missing.remove(line);
        unexpected.remove(other);
      }
    }
  }

  /** Returns everything but the name. A renamed object keeps its container and its arguments. */
  private static String identity(Line line, String content) {
    return line.kind() + "\n" + line.within() + "\n" + arguments(line.local()) + "\n" + content;
  }

  /** Returns the arguments of a function with their parentheses; empty for other objects. */
  private static String arguments(String local) {
    int bracket = local.indexOf('(');
    return bracket < 0 ? "" : local.substring(bracket);
  }

  /** Groups lines by their container, for the containers that are among the lines. */
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

  /** Returns everything that belongs to a container, with chr(0) in place of its name. */
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

  private String withNewNames(String content) {
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
        "(?<!" + NOT_BEFORE + ")" + Pattern.quote(name) + "(?!" + NOT_AFTER + ")",
        Pattern.UNICODE_CHARACTER_CLASS);
  }
}
