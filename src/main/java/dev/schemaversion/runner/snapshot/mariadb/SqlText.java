package dev.schemaversion.runner.snapshot.mariadb;

import java.util.ArrayList;
import java.util.List;

/**
 * SQL as MariaDB writes it, in {@linkplain SqlToken tokens}; what stands in quotes or brackets is
 * not cut.
 */
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
