package dev.schemaversion.cli.kubectl.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads in the log of a runner which objects differ from a version. */
public final class DifferenceLog {
  private static final Pattern LINE = Pattern.compile("[0-9.]+ s  (.*)");
  private static final Pattern HEAD =
      Pattern.compile("objects that differ from version (\\S+): ([0-9]+)");

  /** The runner indents the further lines of a text by this. */
  private static final String FURTHER = "        ";

  private DifferenceLog() {}

  /**
   * Returns the differences from a version, each as in the status; empty if the log has no
   * comparison with that version which found as many.
   */
  public static List<String> differences(String log, String version, int count) {
    var texts = texts(log);
    for (int i = 0; i < texts.size(); i++) {
      var head = HEAD.matcher(texts.get(i));
      if (head.matches()
          && head.group(1).equals(String.valueOf(version))
          && head.group(2).equals(Integer.toString(count))
          && i + count < texts.size()) {
        return List.copyOf(texts.subList(i + 1, i + 1 + count));
      }
    }
    return List.of();
  }

  private static List<String> texts(String log) {
    var texts = new ArrayList<String>();
    for (var line : log.lines().toList()) {
      var begins = LINE.matcher(line);
      if (begins.matches()) {
        texts.add(begins.group(1));
      } else if (!texts.isEmpty() && line.startsWith(FURTHER)) {
        texts.add(texts.removeLast() + "\n" + line.substring(FURTHER.length()));
      }
    }
    return texts;
  }
}
