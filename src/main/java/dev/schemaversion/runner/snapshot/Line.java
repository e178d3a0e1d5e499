package dev.schemaversion.runner.snapshot;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * One object of a schema.
 *
 * @param kind the kind of the object
 * @param within the container of the object (a schema, table, view or domain), quoted as SQL; empty
 *     if the object belongs to the database itself
 * @param local the name within the container, quoted as SQL, with the argument types of a function
 * @param definition the definition without the object's own name, as executable SQL
 * @param state the state that the definition does not express, such as {@code (invalid)}; empty or
 *     beginning with a space
 */
public record Line(Kind kind, String within, String local, String definition, String state)
    implements Comparable<Line> {
  private static final Comparator<Line> ORDER =
      Comparator.comparing((Line line) -> line.kind().toString())
          .thenComparing(Line::within)
          .thenComparing(Line::local)
          .thenComparing(Line::content);

  /** The first of several names, with its dot. */
  private static final Pattern SCHEMA = Pattern.compile("(?:\"(?:[^\"]|\"\")*\"|[^\".])+\\.");

  /** Creates the line of a setting of the database. */
  public static Line setting(String name, String value) {
    return new Line(Kind.SETTING, "", name, value, "");
  }

  /** Identifies an object across snapshots. */
  public record Key(Kind kind, String name) {}

  public Key key() {
    return new Key(kind, name());
  }

  /** Returns the qualified name, quoted as SQL; it may contain line breaks. */
  public String name() {
    return within.isEmpty() ? local : within + "." + local;
  }

  /**
   * Returns what lines that belong to this object have as {@link #within}. For a partition this is
   * its qualified name as a table, for all other objects {@link #name}.
   */
  public String container() {
    if (kind != Kind.PARTITION) {
      return name();
    }
    var schema = SCHEMA.matcher(within);
    return schema.lookingAt() && !SCHEMA.matcher(local).lookingAt()
        ? schema.group() + local
        : local;
  }

  /** Returns definition and state. */
  public String content() {
    return definition.isEmpty() ? state.stripLeading() : definition + state;
  }

  /** Returns kind and name in one line. */
  public String title() {
    return kind + " " + Quoting.line(name());
  }

  /** Returns {@code kind name: definition}, always in one line. */
  @Override
  public String toString() {
    return title() + ": " + Quoting.line(content());
  }

  @Override
  public int compareTo(Line other) {
    return ORDER.compare(this, other);
  }
}
