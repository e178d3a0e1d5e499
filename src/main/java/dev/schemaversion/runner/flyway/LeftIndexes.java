package dev.schemaversion.runner.flyway;

import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.InvalidIndexes;
import dev.schemaversion.runner.engine.InvalidIndexes.Index;
import dev.schemaversion.runner.flyway.script.WaitWatch;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.snapshot.Kind;
import dev.schemaversion.runner.snapshot.LeftOut;
import dev.schemaversion.runner.snapshot.Line;
import dev.schemaversion.runner.snapshot.Snapshot;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The invalid indexes that an interrupted script left: it names them, they are in the schema, and
 * the schema without them is compared. If that is the one before the script, they were not there.
 *
 * @param canBeDropped whether the script only builds and drops indexes concurrently, so that it may
 *     run again without them
 */
record LeftIndexes(InterruptedScript script, List<Index> indexes, boolean canBeDropped) {

  static LeftIndexes of(InterruptedScript script, Snapshot found, RunContext run)
      throws SQLException {
    var engine = run.engine().invalidIndexes();
    if (engine.isEmpty()) {
      return new LeftIndexes(script, List.of(), true);
    }
    var keys = found.lines().stream().map(Line::key).collect(Collectors.toSet());
    try (var session = run.sessions().getConnection()) {
      var indexes =
          engine.get().leftBy(script.bare(), session, run.target().schemas()).stream()
              .filter(index -> keys.contains(key(index)))
              .toList();
      return new LeftIndexes(
          script, indexes, indexes.isEmpty() || engine.get().areAllOf(script.bare()));
    }
  }

  private static Line.Key key(Index index) {
    return new Line.Key(Kind.INDEX, index.table() + "." + index.name());
  }

  /** The schema without them. */
  Snapshot without(Snapshot found) {
    return found.without(
        new LeftOut(indexes.stream().map(LeftIndexes::key).collect(Collectors.toSet()), Set.of()));
  }

  /** Says of each that it will be dropped. */
  Stream<String> drops() {
    return indexes.stream()
        .map(
            index ->
                "The sync first drops the index %s, which %s left invalid when it was interrupted."
                    .formatted(index.qualified(), script.row().script()));
  }

  /** Drops them, which waits for the sessions that use their tables. */
  void drop(RunContext run, HalfAppliedMessages messages) throws SQLException {
    for (var index : indexes) {
      drop(index, run.engine().invalidIndexes().orElseThrow(), run, messages);
    }
  }

  private void drop(
      Index index, InvalidIndexes engine, RunContext run, HalfAppliedMessages messages)
      throws SQLException {
    var sql = engine.drop(index);
    try (var session = run.engine().migrating(run.target()).getConnection();
        var statement = session.createStatement()) {
      var attended = run.engine().attend(session, sql);
      var watch = new WaitWatch(run.engine().blockers(session), run.sessions(), run.log());
      try {
        statement.execute(sql);
      } finally {
        watch.close();
        attended.ifPresent(Engine.Attendance::close);
      }
    } catch (SQLException e) {
      throw messages.indexRemains(script, index, e);
    }
    run.log()
        .line(
            script.row().script()
                + ": it was interrupted and left the index "
                + index.qualified()
                + " invalid, which was dropped, so that the script runs again");
  }
}
