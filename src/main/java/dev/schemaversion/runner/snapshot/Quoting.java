package dev.schemaversion.runner.snapshot;

/**
 * Escapes text to one unambiguous line: line breaks, control and invisible characters are written
 * as escapes, and so is the arrow that separates two definitions.
 */
public final class Quoting {
  public static final char ARROW = '→';

  private Quoting() {}

  public static String line(String text) {
    var line = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(line, c));
    return line.toString();
  }

  private static void append(StringBuilder line, int c) {
    switch (c) {
      case '\\' -> line.append("\\\\");
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      case ARROW -> line.append("\\u2192");
      default -> {
        if (isShown(c)) {
          line.appendCodePoint(c);
        } else {
          line.append(
              c < 0x10000 ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c)); // as PostgreSQL does
        }
      }
    }
  }

  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
