package dev.schemaversion.runner.flyway.build;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.SanitizedMessage;
import dev.schemaversion.runner.flyway.script.FailedStatement;
import dev.schemaversion.runner.flyway.script.Migrations;
import dev.schemaversion.runner.flyway.script.Scripts;
import dev.schemaversion.runner.flyway.setup.FlywayFactory;
import dev.schemaversion.runner.flyway.setup.SuperuserHint;
import dev.schemaversion.runner.proof.Unprovable;
import dev.schemaversion.runner.report.RunContext;
import dev.schemaversion.runner.report.StatementText;
import dev.schemaversion.runner.scratch.ScratchDatabase;
import dev.schemaversion.runner.scratch.ScratchDatabases;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import dev.schemaversion.runner.snapshot.BuiltSchema;
import dev.schemaversion.runner.snapshot.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;

/** Has Flyway build sets of scripts from nothing, on the scratch server. */
public final class ScratchBuilds {
  private final FlywayFactory flyway;
  private final Scope scope;
  private final ScratchDatabases scratch;
  private final SuperuserHint hint;
  private final RunContext run;

  /**
   * Builds on one scratch server.
   *
   * @param scope what is compared of the results
   * @param scratch gives empty databases like the real one
   * @param hint explains a statement that fails there for want of a right
   * @param run may be stopped meanwhile, shows the progress, and reports what cannot be compared
   */
  public ScratchBuilds(
      FlywayFactory flyway,
      Scope scope,
      ScratchDatabases scratch,
      SuperuserHint hint,
      RunContext run) {
    this.flyway = flyway;
    this.scope = scope;
    this.scratch = scratch;
    this.hint = hint;
    this.run = run;
  }

  /** Reads what is built on a scratch database, on which nothing has run yet. */
  BuiltSchema reader(Connection admin) throws SQLException {
    return new BuiltSchema(admin, scope, run.report()::note);
  }

  /**
   * A script is about to run on the scratch server.
   *
   * @param number counted from 1
   * @param total how many will run
   */
  void begins(String file, int number, int total) {
    run.log().count(number, total);
    run.shutdown().endRehearsalBefore(file);
  }

  /** Opens an empty database for these scripts. */
  public ScratchDatabase open(Migrations migrations) throws SQLException {
    return scratch.open(migrations.texts());
  }

  /**
   * Runs all of the scripts, as far as the observer wants.
   *
   * @throws Unprovable if one of them fails
   */
  void build(ScratchDatabase database, Migrations migrations, BuildObserver observer)
      throws SQLException {
    try {
      flyway.building(database.migrating(), new Scripts(migrations), observer).migrate();
      observer.done();
    } catch (RuntimeException e) {
      if (FailedStatement.find(e, BuildObserver.Enough.class) == null) {
        throw explain(e, observer);
      }
    }
  }

  private RuntimeException explain(RuntimeException thrown, BuildObserver observer) {
    var ours = FailedStatement.find(thrown, RunFailure.class);
    if (ours != null) {
      return ours;
    }
    if (ScratchUnavailable.isCauseOf(thrown)) {
      return ScratchUnavailable.died(thrown);
    }
    var sql = SanitizedMessage.find(thrown);
    if (sql.isPresent()) {
      var failed = FailedStatement.of(thrown, sql.get(), observer.current());
      if (failed.place() != null) {
        var place = failed.place();
        return new Unprovable(
            Outcome.REPLAY_FAILED,
            place.file() + " line " + place.line() + " " + place.sqlState(),
            "On the scratch server, where the versions are built from nothing, a migration failed: "
                + failed.words()
                + failed.limit()
                + hint.of(failed)
                + flyway.hint(sql.get())
                + " So nothing can be compared with that version; the database was not touched.",
            place,
            thrown);
      }
    }
    if (thrown instanceof FlywayException && sql.isEmpty()) {
      var what = StatementText.brief(String.valueOf(thrown.getMessage()));
      return new Unprovable(
          Outcome.REPLAY_FAILED,
          what,
          "On the scratch server, where the versions are built from nothing, Flyway refused: "
              + what
              + ". The database was not touched.",
          null,
          thrown);
    }
    return thrown;
  }
}
