package dev.schemaversion.runner.snapshot.comparison;

import dev.schemaversion.contract.Sha256;
import dev.schemaversion.runner.snapshot.Line;
import dev.schemaversion.runner.snapshot.Quoting;

/** A difference in one object; {@code toString} prints it like a diff. */
public sealed interface Difference {
  /** An expected object that is missing. */
  record Missing(Line expected) implements Difference {
    @Override
    public String normalised() {
      return "missing " + expected.title() + ": " + brief(expected);
    }

    @Override
    public String toString() {
      return "- " + expected;
    }
  }

  /** An object that is not expected. */
  record Unexpected(Line found) implements Difference {
    @Override
    public String normalised() {
      return "unexpected " + found.title() + ": " + brief(found);
    }

    @Override
    public String toString() {
      return "+ " + found;
    }
  }

  /** An object whose definition differs from the expected one. */
  record Different(Line expected, Line found) implements Difference {
    @Override
    public String normalised() {
      return "different "
          + expected.title()
          + ": "
          + brief(expected)
          + " "
          + Quoting.ARROW
          + " "
          + brief(found);
    }

    @Override
    public String toString() {
      return Diff.of(expected, found);
    }
  }

  /** An expected object that has another name, with everything that belongs to it. */
  record Renamed(Line expected, Line found) implements Difference {
    @Override
    public String normalised() {
      return "renamed "
          + expected.title()
          + " "
          + Quoting.ARROW
          + " "
          + Quoting.line(found.name())
          + ": "
          + brief(found);
    }

    @Override
    public String toString() {
      return "~ " + expected.title() + " " + Quoting.ARROW + " " + Quoting.line(found.name());
    }
  }

  /**
   * Returns the difference as one line of bounded length that is equal exactly for equal
   * differences. It is stored and digested.
   */
  String normalised();

  private static String brief(Line line) {
    var content = Quoting.line(line.content());
    if (content.length() <= 160) {
      return content;
    }
    var start = content.substring(0, content.offsetByCodePoints(0, 60));
    return start + "… sha256:" + Sha256.of(content);
  }
}
