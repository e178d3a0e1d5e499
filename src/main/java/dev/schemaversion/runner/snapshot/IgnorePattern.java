package dev.schemaversion.runner.snapshot;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A pattern for objects that do not count. It consists of a kind, or {@code *} for all kinds, a
 * space, and a name as lines show it, in which {@code *} matches any characters: {@code index
 * public.images.ix_*}. The name of an object includes the table that contains it, so {@code *
 * public.tmp_*} matches tables with their columns, indexes and constraints.
 */
public final class IgnorePattern {
  private final String text;
  private final Optional<Kind> kind;
  private final Pattern name;

  private IgnorePattern(String text, Optional<Kind> kind, Pattern name) {
    this.text = text;
    this.kind = kind;
    this.name = name;
  }

  /**
   * Parses a pattern.
   *
   * @throws IllegalArgumentException if the pattern is invalid; the message can be shown to users
   */
  public static IgnorePattern of(String text) {
    var pattern = text.strip();
    var kind = Kind.startOf(pattern);
    if (kind.isEmpty() && !pattern.startsWith("* ")) {
      throw new IllegalArgumentException(
          "“"
              + text
              + "” does not begin with a kind of object and a space. Valid kinds are * for all"
              + " kinds, "
              + Arrays.stream(Kind.values()).map(Kind::toString).collect(Collectors.joining(", "))
              + ".");
    }
    var name = pattern.substring(kind.map(Kind::toString).orElse("*").length()).strip();
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "“" + text + "” lacks the name of an object after the kind.");
    }
    var regex =
        Arrays.stream(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return new IgnorePattern(
        kind.map(Kind::toString).orElse("*") + " " + name, kind, Pattern.compile(regex));
  }

  boolean matches(Line line) {
    return (kind.isEmpty() || kind.get() == line.kind())
        && name.matcher(Quoting.line(line.name())).matches();
  }

  /** Returns the normalised text of the pattern. */
  @Override
  public String toString() {
    return text;
  }
}
