package dev.schemaversion.runner.snapshot.mariadb;

import java.util.ArrayList;
import java.util.List;

/**
 * A token of SQL: a word, a single character, or a whole quoted text. Comments are not tokens,
 * except executable comments and optimizer hints.
 *
 * @param text the token as written
 * @param start the offset of its first character
 * @param end the offset after its last character
 * @param depth the number of open parentheses around it; a parenthesis does not count itself
 */
record SqlToken(String text, int start, int end, int depth) {
  static List<SqlToken> of(String sql) {
    var tokens = new ArrayList<SqlToken>();
    var depth = 0;
    for (var at = 0; at < sql.length(); ) {
      var end = end(sql, at);
      var text = sql.substring(at, end);
      if (text.equals(")")) {
        depth--;
      }
      if (!isBlank(text)) {
        tokens.add(new SqlToken(text, at, end, depth));
      }
      if (text.equals("(")) {
        depth++;
      }
      at = end;
    }
    return tokens;
  }

  private static boolean isBlank(String text) {
    return text.isBlank() || text.startsWith("#") || isDashComment(text, 0) || isPlainComment(text);
  }

  private static boolean isDashComment(String sql, int at) {
    return sql.startsWith("--", at)
        && (at + 2 == sql.length() || Character.isWhitespace(sql.charAt(at + 2)));
  }

  private static boolean isPlainComment(String text) {
    return text.startsWith("/*")
        && !text.startsWith("/*!")
        && !text.startsWith("/*M!")
        && !text.startsWith("/*+");
  }

  /** Returns the end of the token that begins at this offset; always greater than {@code at}. */
  private static int end(String sql, int at) {
    var c = sql.charAt(at);
    if (c == '\'' || c == '"' || c == '`') {
      return endOfQuoted(sql, at + 1, c);
    }
    if (sql.startsWith("/*", at)) {
      return after(sql, "*/", at + 2);
    }
    if (c == '#' || isDashComment(sql, at)) {
      return after(sql, "\n", at);
    }
    var end = at + 1;
    if (isWord(c)) {
      while (end < sql.length() && isWord(sql.charAt(end))) {
        end++;
      }
    }
    return end;
  }

  private static int after(String sql, String mark, int from) {
    var found = sql.indexOf(mark, from);
    return found < 0 ? sql.length() : found + mark.length();
  }

  private static int endOfQuoted(String sql, int from, char quote) {
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
}
