package dev.schemaversion.runner.postgres;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names and texts as they stand in SQL, whatever is in them. */
public final class Quoted {
  private Quoted() {}

  public static String name(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  public static String names(Collection<String> names) {
    return names.stream().map(Quoted::name).collect(Collectors.joining(", "));
  }

  /** Read the same whether or not standard_conforming_strings is on. */
  public static String text(String text) {
    var quoted = "'" + text.replace("'", "''") + "'";
    return text.indexOf('\\') < 0 ? quoted : " E" + quoted.replace("\\", "\\\\");
  }
}
