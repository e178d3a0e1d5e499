package dev.schemaversion.runner.postgres;

import java.util.Collection;
import java.util.stream.Collectors;

/** Quotes identifiers and text literals for SQL. */
public final class Quoted {
  private Quoted() {}

  public static String name(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  public static String names(Collection<String> names) {
    return names.stream().map(Quoted::name).collect(Collectors.joining(", "));
  }

  /** Returns a literal that is independent of standard_conforming_strings. */
  public static String text(String text) {
    var quoted = "'" + text.replace("'", "''") + "'";
    return text.indexOf('\\') < 0 ? quoted : " E" + quoted.replace("\\", "\\\\");
  }
}
