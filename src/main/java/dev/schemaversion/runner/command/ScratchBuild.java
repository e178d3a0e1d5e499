package dev.schemaversion.runner.command;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.proof.Replay;
import dev.schemaversion.runner.proof.Standing;
import dev.schemaversion.runner.proof.Unprovable;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.scratch.ScratchDatabase;
import dev.schemaversion.runner.scratch.ScratchDatabases;
import dev.schemaversion.runner.snapshot.BuiltSchema;
import dev.schemaversion.runner.snapshot.LeftOut;
import dev.schemaversion.runner.snapshot.Scope;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.postgres.RoundTrip;
import java.sql.SQLException;
import java.util.List;

/** Has the tool build versions from nothing on the scratch server, and learns their marks. */
final class ScratchBuild {
  private final RunContext run;
  private final Tool tool;
  private final HistoryTables tables;
  private final ScratchDatabases scratch;
  private final Scope scope;

  ScratchBuild(
      RunContext run, Tool tool, HistoryTables tables, ScratchDatabases scratch, Scope scope) {
    this.run = run;
    this.tool = tool;
    this.tables = tables;
    this.scratch = scratch;
    this.scope = scope;
  }

  /** Receives the mark of each version that is built. */
  interface Learner {
    void learn(String version, Mark mark);
  }

  /**
   * Builds versions, one after the other.
   *
   * @param beginning the name of the empty database, which is shown first; null to leave it out
   */
  Replay replay(String beginning, List<String> versions, Learner learner) {
    return new CommandReplay(beginning, versions, learner);
  }

  boolean isPossible() {
    return scratch.exists();
  }

  /**
   * The mark of a version that is built for that alone.
   *
   * @throws Unprovable if it cannot be built
   */
  Mark mark(String version) throws SQLException {
    try (var database = scratch.open(List.of())) {
      return build(database, version);
    }
  }

  private Mark build(ScratchDatabase database, String version) throws SQLException {
    run.shutdown().endRehearsalBefore(version);
    run.log().begin("building " + version + " on the scratch server");
    var ended = tool.migrate(database.login(), version);
    if (!ended.succeeded()) {
      run.shutdown().endRehearsalBefore(version);
      throw new Unprovable(
          Outcome.REPLAY_FAILED,
          version + " exit code " + ended.exitCode(),
          "On the scratch server, where the versions are built from nothing, the tool could not"
              + " build version "
              + version
              + ": "
              + ended.words()
              + " So nothing can be compared with that version; the database was not touched.",
          null,
          null);
    }
    try (var session = database.migrating().getConnection()) {
      return tables.read(session);
    }
  }

  private record Shown(BuiltSchema schema) implements Replay.Built {
    @Override
    public Snapshot read() throws SQLException {
      return schema.read();
    }

    @Override
    public RoundTrip trip() throws SQLException {
      return schema.trip();
    }
  }

  private final class CommandReplay implements Replay {
    private final String beginning;
    private final List<String> versions;
    private final Learner learner;

    CommandReplay(String beginning, List<String> versions, Learner learner) {
      this.beginning = beginning;
      this.versions = versions;
      this.learner = learner;
    }

    @Override
    public String name() {
      return "the tool's migrations";
    }

    @Override
    public LeftOut leftOut() {
      return LeftOut.NOTHING;
    }

    @Override
    public void run(Visitor visitor) throws SQLException {
      try (var database = scratch.open(List.of());
          var admin = database.admin()) {
        var built = new Shown(new BuiltSchema(admin, scope, run.report()::note));
        if (beginning != null && !visitor.built(beginning, built)) {
          return;
        }
        int number = 0;
        for (var version : versions) {
          run.log().count(++number, versions.size());
          learner.learn(version, ScratchBuild.this.build(database, version));
          if (!visitor.built(version, built)) {
            return;
          }
        }
      }
    }

    /** The tool goes to the last version at once, as it does on the real database. */
    @Override
    public Standing build() throws SQLException {
      var database = scratch.open(List.of());
      try {
        var built = new BuiltSchema(database.admin(), scope, run.report()::note);
        if (!versions.isEmpty()) {
          learner.learn(versions.getLast(), ScratchBuild.this.build(database, versions.getLast()));
        }
        return new Standing(database, built, built.read(), LeftOut.NOTHING);
      } catch (SQLException | RuntimeException e) {
        database.close();
        throw e;
      }
    }
  }
}
