package dev.schemaversion.cli.kubectl.view;

import java.util.ArrayList;
import java.util.List;

/** A line of text with lines below it. */
record Tree(String text, List<Tree> children) {
  static Tree leaf(String text) {
    return new Tree(text, List.of());
  }

  /** Returns the lines, connected as the program tree does. */
  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(text);
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      var below = children.get(i).lines();
      lines.add((last ? "└─ " : "├─ ") + below.getFirst());
      below.stream().skip(1).map(line -> (last ? "   " : "│  ") + line).forEach(lines::add);
    }
    return lines;
  }
}
