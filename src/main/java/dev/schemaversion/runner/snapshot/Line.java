package dev.schemaversion.runner.snapshot;

import java.util.Comparator;

/**
 * One object of a schema.
 *
 * @param kind what it is
 * @param within the schema, or the table, view or domain, it is in, quoted as SQL; empty for what
 *     is in the database itself
 * @param local its name there, quoted as SQL, with the argument types of a function
 * @param definition what it is, without its own name, as SQL that can be executed again
 * @param state what SQL does not say when it creates the object, such as {@code (invalid)}; empty
 *     or beginning with a space
 */
public record Line(Kind kind, String within, String local, String definition, String state)
    implements Comparable<Line> {
  private static final Comparator<Line> ORDER =
      Comparator.comparing((Line line) -> line.kind().toString())
          .thenComparing(Line::within)
          .thenComparing(Line::local)
          .thenComparing(Line::content);

  /** Under which an object is found again in another snapshot. */
  public record Key(Kind kind, String name) {}

  public Key key() {
    return new Key(kind, name());
  }

  /** The qualified name as SQL writes it; it may have line breaks in it. */
  public String name() {
    return within.isEmpty() ? local : within + "." + local;
  }

  /** Definition and state. */
  public String content() {
    return definition.isEmpty() ? state.stripLeading() : definition + state;
  }

  /** Kind and name, in one line. */
  public String title() {
    return kind + " " + Quoting.line(name());
  }

  /** {@code kind name: definition}, always in one line. */
  @Override
  public String toString() {
    return title() + ": " + Quoting.line(content());
  }

  @Override
  public int compareTo(Line other) {
    return ORDER.compare(this, other);
  }
}
