package dev.schemaversion.runner.flyway;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.flyway.history.HistoryTable;
import dev.schemaversion.runner.flyway.script.Versions;
import dev.schemaversion.runner.proof.Replay;
import dev.schemaversion.runner.proof.Standing;
import dev.schemaversion.runner.proof.Unprovable;
import dev.schemaversion.runner.snapshot.LeftOut;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The replay of a history that no set of scripts can build. */
final class Unreplayable implements Replay {
  private static final int NAMED = 20;

  private final Unprovable why;

  private Unreplayable(Unprovable why) {
    this.why = why;
  }

  /**
   * Returns why a history cannot be replayed, as a replay that says so; empty if it can.
   *
   * @param missing the versions of it that no script has
   * @throws RunFailure {@link Outcome#MIGRATION_NOT_SQL} if a row has a type that Flyway does not
   *     know
   */
  static Optional<Replay> of(HistoryTable history, List<String> missing) {
    failIfUnknown(history);
    var notSql = history.notSql();
    if (!notSql.isEmpty()) {
      return Optional.of(new Unreplayable(notSql(notSql)));
    }
    return missing.isEmpty() ? Optional.empty() : Optional.of(new Unreplayable(missing(missing)));
  }

  /** Refuses a history with rows of a type that Flyway does not know. */
  static void failIfUnknown(HistoryTable history) {
    var unknown = history.unknown();
    if (!unknown.isEmpty()) {
      throw new RunFailure(
          Outcome.MIGRATION_NOT_SQL,
          "The history has rows of a type that is not Flyway's: "
              + named(unknown)
              + ". It is not known what they mean. Nothing was done. Find out what wrote them, and"
              + " run these migrations with that tool. If they do not belong there, DELETE them"
              + " FROM the history table and set the annotation schemaversion.dev/retry.");
    }
  }

  private static Unprovable notSql(List<HistoryTable.Row> rows) {
    return new Unprovable(
        Outcome.MIGRATION_NOT_SQL,
        rows.stream()
            .map(row -> row.type() + " " + Versions.text(row.version()))
            .collect(Collectors.joining(" ")),
        "The history records migrations that are not SQL scripts: "
            + named(rows)
            + ". So the version it claims cannot be built and compared. Nothing was done. Run these"
            + " migrations with the tool that ran them before; only SQL scripts can be run and"
            + " proven here.",
        null,
        null);
  }

  private static Unprovable missing(List<String> versions) {
    return new Unprovable(
        Outcome.MIGRATION_MISSING,
        String.join(" ", versions),
        "The history lists versions that no migration has: "
            + String.join(", ", versions)
            + ". So the version it claims cannot be built and compared. Nothing was done."
            + " Put the migrations back into spec.migrations.",
        null,
        null);
  }

  static String named(List<HistoryTable.Row> rows) {
    var some =
        rows.stream()
            .limit(NAMED)
            .map(row -> row.script() + " (" + row.type() + ")")
            .collect(Collectors.joining(", "));
    return rows.size() > NAMED ? some + ", and " + (rows.size() - NAMED) + " more" : some;
  }

  @Override
  public String name() {
    return "the migrations of the history";
  }

  @Override
  public LeftOut leftOut() {
    return LeftOut.NOTHING;
  }

  @Override
  public void run(Visitor visitor) {
    throw why;
  }

  @Override
  public Standing build() {
    throw why;
  }
}
