package dev.schemaversion.cli.kubectl.view;

import java.util.List;

/** Aligns columns as kubectl does. */
public final class Table {
  private static final String GAP = "   ";

  private Table() {}

  /** Returns the lines; the last column is not padded. */
  public static List<String> lines(List<List<String>> rows) {
    return rows.stream().map(row -> line(row, rows)).toList();
  }

  /** Returns the lines as leaves of a tree. */
  static List<Tree> rows(List<List<String>> rows) {
    return lines(rows).stream().map(Tree::leaf).toList();
  }

  private static String line(List<String> row, List<List<String>> rows) {
    var line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      int column = i;
      int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
      if (width > 0) {
        line.append(row.get(i)).append(" ".repeat(width - row.get(i).length())).append(GAP);
      }
    }
    return line.toString().stripTrailing();
  }
}
