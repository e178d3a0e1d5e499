package dev.schemaversion.runner.proof;

import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.report.StatementText;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.snapshot.comparison.Difference;
import java.sql.SQLException;

/**
 * Compares the ways to the newest version, where there is more than one. A database that equals
 * either is proven all the same.
 */
final class ChainComparison {
  private final RunContext run;
  private final MigrationTool tool;

  ChainComparison(RunContext run, MigrationTool tool) {
    this.run = run;
    this.tool = tool;
  }

  /** Notes in the report that the ways end in different schemas, if they do. */
  void noteIfDifferent() throws SQLException {
    var replays = tool.replays(null);
    if (replays.size() < 2) {
      return;
    }
    var one = replays.getFirst();
    var other = replays.getLast();
    try {
      var expected = built(one);
      try (var standing = other.build()) {
        // The scratch server has room for one standing at a time.
        var difference = firstDifference(standing, expected);
        if (!difference.isEmpty()) {
          run.report()
              .note(
                  "Warning: "
                      + other.name()
                      + " builds another schema than "
                      + one.name()
                      + ": "
                      + StatementText.brief(difference)
                      + ".");
        }
      }
    } catch (Unprovable e) {
      run.log().line("the ways to the newest version are not compared: " + e.getMessage());
    }
  }

  private static String firstDifference(Standing standing, Snapshot expected) throws SQLException {
    var outside = expected.header().outside();
    if (!standing.outside().equals(outside)) {
      return "outside spec.database.schemas "
          + standing.outside().entries()
          + " instead of "
          + outside.entries();
    }
    return standing
        .reader()
        .trip()
        .settle(Comparison.of(standing.schema(), expected))
        .differences()
        .stream()
        .map(Difference::toString)
        .findFirst()
        .orElse("");
  }

  private static Snapshot built(Replay replay) throws SQLException {
    try (var standing = replay.build()) {
      return standing.schema();
    }
  }
}
