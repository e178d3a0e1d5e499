package dev.schemaversion.runner.snapshot.mariadb;

import java.util.ArrayList;
import java.util.List;

/** SQL as MariaDB writes it, split into {@linkplain SqlToken tokens}. */
public final class SqlText {
  private final String sql;
  private final List<SqlToken> tokens;

  public SqlText(String sql) {
    this.sql = sql;
    this.tokens = SqlToken.of(sql);
  }

  int size() {
    return tokens.size();
  }

  String token(int i) {
    return tokens.get(i).text();
  }

  /** Whether the tokens from this index on are these words, outside of quotes. */
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

  /** Whether the token at this index is a name in backticks. */
  boolean isName(int i) {
    return i < tokens.size() && token(i).startsWith("`");
  }

  /**
   * Returns the index of the first occurrence of these words outside of parentheses, or the size if
   * there is none.
   */
  int indexOf(int from, String... words) {
    for (var i = from; i < tokens.size(); i++) {
      if (tokens.get(i).depth() == 0 && at(i, words)) {
        return i;
      }
    }
    return tokens.size();
  }

  /** Returns the index after this token, or after the matching closing parenthesis. */
  int after(int i) {
    var next = i + 1;
    if (token(i).equals("(")) {
      while (next < size() && tokens.get(next).depth() > tokens.get(i).depth()) {
        next++;
      }
      next++;
    }
    return Math.min(next, size());
  }

  /** Returns the text inside the parenthesis that opens at this index. */
  SqlText inside(int i) {
    return new SqlText(text(i + 1, after(i) - 1));
  }

  /** Returns the text of a range of tokens as written; {@code to} is exclusive. */
  String text(int from, int to) {
    return from >= to ? "" : sql.substring(tokens.get(from).start(), tokens.get(to - 1).end());
  }

  /** Returns the text from a token to the end, including trailing comments. */
  String text(int from) {
    return from >= size() ? "" : sql.substring(tokens.get(from).start()).stripTrailing();
  }

  /** Returns the text without a range of tokens and the space before it. */
  SqlText without(int from, int to) {
    return new SqlText(text(0, from) + sql.substring(tokens.get(to - 1).end()));
  }

  /** Splits the text at commas outside of parentheses. */
  List<SqlText> parts() {
    var parts = new ArrayList<SqlText>();
    var from = 0;
    for (var comma = indexOf(0, ","); from < size(); comma = indexOf(from, ",")) {
      parts.add(new SqlText(text(from, comma)));
      from = comma + 1;
    }
    return parts;
  }

  /** Returns the text in one line, unless names or quoted texts contain line breaks. */
  String compact() {
    return joined(" ");
  }

  /**
   * Returns one line for each statement, without comments, because clients drop them on restore.
   */
  String statements() {
    return joined("\n");
  }

  private String joined(String afterSemicolon) {
    var joined = new StringBuilder();
    for (var i = 0; i < size(); i++) {
      if (i > 0 && tokens.get(i - 1).end() < tokens.get(i).start()) {
        joined.append(token(i - 1).equals(";") ? afterSemicolon : " ");
      }
      joined.append(token(i));
    }
    return joined.toString();
  }

  /** Removes the database's name before names, so that the result does not depend on it. */
  SqlText unqualified(String database) {
    var quoted = quoted(database);
    var unqualified = new StringBuilder();
    var from = 0;
    for (var i = 0; i < size(); i++) {
      var starts = i == 0 || !token(i - 1).equals(".");
      if (starts && token(i).equals(quoted) && at(i + 1, ".") && isName(i + 2)) {
        unqualified.append(sql, from, tokens.get(i).start());
        from = tokens.get(i + 2).start();
      }
    }
    return from == 0 ? this : new SqlText(unqualified.append(sql.substring(from)).toString());
  }

  /** Returns the name at this index as lines show it. */
  String name(int i) {
    var token = token(i);
    return isName(i) ? name(token.substring(1, token.length() - 1).replace("``", "`")) : token;
  }

  /** Returns a name as lines show it: in backticks if it needs them. */
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
