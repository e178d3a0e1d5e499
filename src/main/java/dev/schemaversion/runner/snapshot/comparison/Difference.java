package dev.schemaversion.runner.snapshot.comparison;

import dev.schemaversion.contract.Sha256;
import dev.schemaversion.runner.snapshot.Line;
import dev.schemaversion.runner.snapshot.Quoting;

/** One object that is not as it is expected; its {@code toString} prints it like a diff. */
public sealed interface Difference {
  /** An object that is expected and not there. */
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

  /** An object that is there and not expected. */
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

  /** An object that is there under its name and is something else. */
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

  /** An object that is there under another name, with all that belongs to it. */
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
   * The difference as one line of bounded length that is equal exactly for equal differences, to be
   * kept and to be digested.
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
