package dev.schemaversion.runner.flyway;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.SanitizedMessage;
import dev.schemaversion.runner.flyway.script.FailedStatement;
import dev.schemaversion.runner.flyway.script.Migrations;
import dev.schemaversion.runner.flyway.script.Scripts;
import dev.schemaversion.runner.flyway.script.Versions;
import dev.schemaversion.runner.proof.Replay;
import dev.schemaversion.runner.proof.Standing;
import dev.schemaversion.runner.proof.Unprovable;
import dev.schemaversion.runner.report.Shutdown;
import dev.schemaversion.runner.report.StatementText;
import dev.schemaversion.runner.scratch.ScratchDatabase;
import dev.schemaversion.runner.scratch.ScratchDatabases;
import dev.schemaversion.runner.scratch.ScratchUnavailable;
import dev.schemaversion.runner.snapshot.Scope;
import dev.schemaversion.runner.snapshot.SnapshotReader;
import dev.schemaversion.runner.snapshot.postgres.RoundTrip;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Has Flyway build a set of scripts from nothing. */
final class FlywayReplay implements Replay {
  private final FlywayFactory flyway;
  private final Migrations migrations;
  private final Scope scope;
  private final ScratchDatabases scratch;
  private final Shutdown stop;

  /**
   * A replay of exactly these migrations.
   *
   * @param scratch gives an empty database like the real one
   */
  FlywayReplay(
      FlywayFactory flyway,
      Migrations migrations,
      Scope scope,
      ScratchDatabases scratch,
      Shutdown stop) {
    this.flyway = flyway;
    this.migrations = migrations;
    this.scope = scope;
    this.scratch = scratch;
    this.stop = stop;
  }

  @Override
  public void run(Visitor visitor) throws SQLException {
    try (var database = scratch.open(migrations.texts());
        var admin = database.admin()) {
      var reader = new SnapshotReader(admin, scope);
      var trip = new RoundTrip(admin, scope);
      build(database, versionwise(v -> visitor.built(v, reader.readAlone(), trip)));
    }
  }

  @Override
  public Standing build() throws SQLException {
    var database = scratch.open(migrations.texts());
    try {
      build(database, versionwise(version -> true));
      var admin = database.admin();
      var schema = new SnapshotReader(admin, scope).readAlone();
      return new Standing(database, schema, new RoundTrip(admin, scope));
    } catch (SQLException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private Versionwise versionwise(Each each) {
    return new Versionwise(
        stop, each, migrations.isBeginning(Versions.BEGINNING) ? Versions.BEGINNING : null);
  }

  private void build(ScratchDatabase database, Versionwise versionwise) throws SQLException {
    var scripts = new Scripts(migrations);
    try {
      flyway.building(database.migrating(), scripts, versionwise).migrate();
      versionwise.show();
    } catch (RuntimeException e) {
      if (FailedStatement.find(e, Enough.class) == null) {
        throw explain(e, versionwise);
      }
    }
  }

  private static RuntimeException explain(RuntimeException thrown, Versionwise versionwise) {
    var ours = FailedStatement.find(thrown, RunFailure.class);
    if (ours != null) {
      return ours;
    }
    if (ScratchUnavailable.isCauseOf(thrown)) {
      return ScratchUnavailable.died(thrown);
    }
    var sql = SanitizedMessage.find(thrown);
    if (sql.isPresent()) {
      var failed = FailedStatement.of(thrown, sql.get(), versionwise.current());
      if (failed.place() != null) {
        var place = failed.place();
        return new Unprovable(
            Outcome.REPLAY_FAILED,
            place.file() + " line " + place.line() + " " + place.sqlState(),
            "On the scratch server, where the versions are built from nothing, a migration failed: "
                + failed.words()
                + failed.limit()
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

  private interface Each {
    boolean built(String version) throws SQLException;
  }

  /** No further version is wanted. */
  private static final class Enough extends RuntimeException {}

  /**
   * Shows a version when it is committed, which is when the next one is about to begin, or when all
   * is over.
   */
  private static final class Versionwise extends BaseCallback {
    private final Shutdown stop;
    private final Each each;
    private String version;
    private String file;

    /**
     * Shows versions.
     *
     * @param beginning what is shown before the first script, or null
     */
    Versionwise(Shutdown stop, Each each, MigrationVersion beginning) {
      this.stop = stop;
      this.each = each;
      this.version = Versions.text(beginning);
    }

    Optional<String> current() {
      return Optional.ofNullable(file);
    }

    @Override
    public boolean supports(Event event, Context context) {
      return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public void handle(Event event, Context context) {
      show();
      file = context.getMigrationInfo().getScript();
      stop.endRehearsalBefore(file);
      version = Versions.text(context.getMigrationInfo().getVersion());
    }

    /** Shows the version that was started last. */
    void show() {
      try {
        if (version != null && !each.built(version)) {
          throw new Enough();
        }
      } catch (SQLException e) {
        throw new IllegalStateException("the scratch database could not be read", e);
      }
    }
  }
}
