package dev.schemaversion.runner.snapshot;

import java.util.ArrayList;
import java.util.List;

/**
 * SQL as MariaDB writes it, in tokens: words, single signs, and whole what stands in quotes. A
 * comment is no token, but for those that the server executes.
 */
final class SqlText {
  /**
   * One of them.
   *
   * @param text as it stands there
   * @param start where
   * @param end behind it
   * @param depth in how many brackets; a bracket itself is outside of its own
   */
  private record Token(String text, int start, int end, int depth) {}

  private final String sql;
  private final List<Token> tokens = new ArrayList<>();

  SqlText(String sql) {
    this.sql = sql;
    var depth = 0;
    for (var at = 0; at < sql.length(); ) {
      var end = end(at);
      var text = sql.substring(at, end);
      if (text.equals(")")) {
        depth--;
      }
      if (!isBlank(text)) {
        tokens.add(new Token(text, at, end, depth));
      }
      if (text.equals("(")) {
        depth++;
      }
      at = end;
    }
  }

  private static boolean isBlank(String token) {
    return token.isBlank() || token.startsWith("#") || isDashes(token, 0) || isRemark(token);
  }

  private static boolean isDashes(String sql, int at) {
    return sql.startsWith("--", at)
        && (at + 2 == sql.length() || Character.isWhitespace(sql.charAt(at + 2)));
  }

  /** None of those that a server executes, or is advised by. */
  private static boolean isRemark(String token) {
    return token.startsWith("/*")
        && !token.startsWith("/*!")
        && !token.startsWith("/*M!")
        && !token.startsWith("/*+");
  }

  /** Where the token ends that begins there; never {@code at} itself. */
  private int end(int at) {
    var c = sql.charAt(at);
    if (c == '\'' || c == '"' || c == '`') {
      return endOfQuoted(at + 1, c);
    }
    if (sql.startsWith("/*", at)) {
      return behind("*/", at + 2);
    }
    if (c == '#' || isDashes(sql, at)) {
      return behind("\n", at);
    }
    var end = at + 1;
    if (isWord(c)) {
      while (end < sql.length() && isWord(sql.charAt(end))) {
        end++;
      }
    }
    return end;
  }

  private int behind(String mark, int from) {
    var found = sql.indexOf(mark, from);
    return found < 0 ? sql.length() : found + mark.length();
  }

  private int endOfQuoted(int from, char quote) {
    for (var i = from; i < sql.length(); i++) {
      if (sql.charAt(i) == '\\' && quote != '`') {
        i++;
      } else if (sql.charAt(i) == quote) {
        if (i + 1 == sql.length() || sql.charAt(i + 1) != quote) {
          return i + 1;
        }
        i++;
      }
    }
    return sql.length();
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c >= 0x80;
  }

  int size() {
    return tokens.size();
  }

  String token(int i) {
    return tokens.get(i).text();
  }

  /** Whether these words stand there, outside of quotes. */
  boolean at(int i, String... words) {
    if (i + words.length > tokens.size()) {
      return false;
    }
    for (var word = 0; word < words.length; word++) {
      if (!token(i + word).equalsIgnoreCase(words[word])) {
        return false;
      }
    }
    return true;
  }

  /** Whether a name in backticks stands there. */
  boolean isName(int i) {
    return i < tokens.size() && token(i).startsWith("`");
  }

  /** Where these words stand first, outside of brackets; the size if nowhere. */
  int indexOf(int from, String... words) {
    for (var i = from; i < tokens.size(); i++) {
      if (tokens.get(i).depth() == 0 && at(i, words)) {
        return i;
      }
    }
    return tokens.size();
  }

  /** Behind this token, and if it opens a bracket behind that which closes it. */
  int behind(int i) {
    var next = i + 1;
    if (token(i).equals("(")) {
      while (next < size() && tokens.get(next).depth() > tokens.get(i).depth()) {
        next++;
      }
      next++;
    }
    return Math.min(next, size());
  }

  /** What is in the bracket that opens there. */
  SqlText inside(int i) {
    return new SqlText(text(i + 1, behind(i) - 1));
  }

  /** From one token to before another, as it stands there. */
  String text(int from, int to) {
    return from >= to ? "" : sql.substring(tokens.get(from).start(), tokens.get(to - 1).end());
  }

  /** From a token to the end, with a comment there. */
  String text(int from) {
    return from >= size() ? "" : sql.substring(tokens.get(from).start()).stripTrailing();
  }

  /** All but some tokens and the space before them. */
  SqlText without(int from, int to) {
    return new SqlText(text(0, from) + sql.substring(tokens.get(to - 1).end()));
  }

  /** What stands between commas, outside of brackets. */
  List<SqlText> parts() {
    var parts = new ArrayList<SqlText>();
    var from = 0;
    for (var comma = indexOf(0, ","); from < size(); comma = indexOf(from, ",")) {
      parts.add(new SqlText(text(from, comma)));
      from = comma + 1;
    }
    return parts;
  }

  /** In one line, as far as names and texts have no line breaks. */
  String compact() {
    return joined(" ");
  }

  /** A line for each statement, without comments, which clients leave out when they restore. */
  String statements() {
    return joined("\n");
  }

  private String joined(String behindSemicolon) {
    var joined = new StringBuilder();
    for (var i = 0; i < size(); i++) {
      if (i > 0 && tokens.get(i - 1).end() < tokens.get(i).start()) {
        joined.append(token(i - 1).equals(";") ? behindSemicolon : " ");
      }
      joined.append(token(i));
    }
    return joined.toString();
  }

  /** Without a database's name before names: so a schema reads the same whatever it is called. */
  SqlText unqualified(String database) {
    var quoted = quoted(database);
    for (var i = 0; i < size(); i++) {
      var starts = i == 0 || !token(i - 1).equals(".");
      if (starts && token(i).equals(quoted) && at(i + 1, ".") && isName(i + 2)) {
        var rest = new SqlText(sql.substring(tokens.get(i + 2).start())).unqualified(database);
        return new SqlText(sql.substring(0, tokens.get(i).start()) + rest);
      }
    }
    return this;
  }

  /** The name that stands there, as lines show it. */
  String name(int i) {
    var token = token(i);
    return isName(i) ? name(token.substring(1, token.length() - 1).replace("``", "`")) : token;
  }

  /** A name as lines show it: in backticks if it needs them. */
  static String name(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_$]*") ? name : quoted(name);
  }

  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  @Override
  public String toString() {
    return sql;
  }
}
