package dev.schemaversion.cli.kubectl.view.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One object in which a schema differs, as the status has it, taken apart to stand side by side.
 *
 * @param object kind and name
 * @param expected what the migrations build; null if they build no such object
 * @param found what the database has; null if it has no such object
 */
record SideBySide(String object, String expected, String found) {
  private static final String NAME_END = ": ";
  private static final Pattern RENAMED = Pattern.compile("~ (.+) \u2192 (.+)");
  private static final Pattern ESCAPE = Pattern.compile("\\\\([nt\\\\])");

  /** Takes a difference apart; one of another form stands on both sides as it is. */
  static SideBySide of(String difference) {
    var lines = difference.lines().toList();
    var first = lines.isEmpty() ? "" : lines.getFirst();
    var renamed = RENAMED.matcher(difference);
    if (renamed.matches()) {
      return new SideBySide(renamed.group(1), "has this name", "has the name " + renamed.group(2));
    }
    if (first.startsWith("! ")) {
      return new SideBySide(first.substring(2), part(lines, "-   "), part(lines, "+   "));
    }
    var minus = marked(lines, "- ");
    var plus = marked(lines, "+ ");
    int marked = minus.size() + plus.size();
    if (marked != lines.size() || minus.size() > 1 || plus.size() > 1 || marked == 0) {
      return new SideBySide(difference, "", "");
    }
    var object = name((minus.isEmpty() ? plus : minus).getFirst());
    return new SideBySide(object, definition(minus, object), definition(plus, object));
  }

  private static String part(List<String> lines, String mark) {
    return marked(lines, mark).stream().collect(Collectors.joining("\n"));
  }

  private static List<String> marked(List<String> lines, String mark) {
    return lines.stream()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()))
        .toList();
  }

  /** A quoted name may contain the separator, too. */
  private static String name(String line) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == '"') {
        quoted = !quoted;
      } else if (!quoted && line.startsWith(NAME_END, i)) {
        return line.substring(0, i);
      }
    }
    return line;
  }

  private static String definition(List<String> marked, String object) {
    if (marked.isEmpty()) {
      return null;
    }
    var line = marked.getFirst();
    if (!line.startsWith(object + NAME_END)) {
      return line.equals(object) ? "" : line;
    }
    var text = line.substring(object.length() + NAME_END.length());
    return ESCAPE
        .matcher(text)
        .replaceAll(
            escape ->
                switch (escape.group(1)) {
                  case "n" -> "\n";
                  case "t" -> "\t";
                  default -> "\\\\";
                });
  }

  /**
   * A text in three parts, of which only the middle one differs from another text.
   *
   * @param before what both texts begin with
   * @param other what differs
   * @param after what both texts end with
   */
  record Parts(String before, String other, String after) {}

  /** Returns a text in parts, compared word by word with another one. */
  static Parts compare(String text, String with) {
    var words = words(text);
    var others = words(with);
    int least = Math.min(words.size(), others.size());
    int start = 0;
    while (start < least && words.get(start).equals(others.get(start))) {
      start++;
    }
    int end = 0;
    while (end < least - start
        && words.get(words.size() - 1 - end).equals(others.get(others.size() - 1 - end))) {
      end++;
    }
    return new Parts(
        String.join("", words.subList(0, start)),
        String.join("", words.subList(start, words.size() - end)),
        String.join("", words.subList(words.size() - end, words.size())));
  }

  private static List<String> words(String text) {
    var words = new ArrayList<String>();
    var word = Pattern.compile("\\w+|\\W").matcher(text);
    while (word.find()) {
      words.add(word.group());
    }
    return words;
  }
}
