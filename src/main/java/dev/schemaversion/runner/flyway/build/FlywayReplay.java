package dev.schemaversion.runner.flyway.build;

import dev.schemaversion.runner.flyway.script.Migrations;
import dev.schemaversion.runner.flyway.script.Script;
import dev.schemaversion.runner.flyway.script.Script.Kind;
import dev.schemaversion.runner.flyway.script.Versions;
import dev.schemaversion.runner.proof.Replay;
import dev.schemaversion.runner.proof.Standing;
import dev.schemaversion.runner.snapshot.BuiltSchema;
import dev.schemaversion.runner.snapshot.LeftOut;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.Witness;
import dev.schemaversion.runner.snapshot.postgres.RoundTrip;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * Has Flyway build a set of scripts from nothing. A full replay runs everything and shows the
 * result. A partial one runs the versioned migrations without the finishing scripts, shows each
 * version, and leaves out what finishing scripts own.
 */
public final class FlywayReplay implements Replay {
  private final ScratchBuilds builds;
  private final Migrations migrations;
  private final OwnedObjects owned;

  private FlywayReplay(ScratchBuilds builds, Migrations migrations, OwnedObjects owned) {
    this.builds = builds;
    this.migrations = migrations;
    this.owned = owned;
  }

  /** A replay of exactly these scripts. */
  public static FlywayReplay full(ScratchBuilds builds, Migrations migrations) {
    return new FlywayReplay(builds, migrations, null);
  }

  /**
   * A replay of the versioned ones of these scripts.
   *
   * @param owned what finishing scripts own
   */
  public static FlywayReplay partial(
      ScratchBuilds builds, Migrations migrations, OwnedObjects owned) {
    return new FlywayReplay(builds, migrations.withoutFinishing(), owned);
  }

  @Override
  public String name() {
    return migrations
        .all(Kind.BASELINE)
        .map(Script::file)
        .findFirst()
        .orElse("the versioned migrations");
  }

  @Override
  public LeftOut leftOut() throws SQLException {
    return owned == null ? LeftOut.NOTHING : owned.find();
  }

  @Override
  public void run(Visitor visitor) throws SQLException {
    var leftOut = leftOut();
    try (var database = builds.open(migrations);
        var admin = database.admin()) {
      builds.build(database, migrations, new Shown(admin, leftOut, visitor));
    }
  }

  @Override
  public Standing build() throws SQLException {
    var leftOut = leftOut();
    var database = builds.open(migrations);
    try {
      var built = builds.reader(database.admin());
      builds.build(database, migrations, new BuildObserver(builds, migrations, beginning()) {});
      return new Standing(database, built, built.read().without(leftOut), leftOut);
    } catch (SQLException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** The version before the first script, which is 0 unless a script has it. */
  private String beginning() {
    return migrations.isBeginning(Versions.BEGINNING) ? Versions.text(Versions.BEGINNING) : null;
  }

  private final class Shown extends BuildObserver implements Built {
    private final BuiltSchema schema;
    private final LeftOut leftOut;
    private final Visitor visitor;

    Shown(Connection admin, LeftOut leftOut, Visitor visitor) throws SQLException {
      super(builds, migrations, beginning());
      this.schema = builds.reader(admin);
      this.leftOut = leftOut;
      this.visitor = visitor;
    }

    @Override
    boolean built(String version) throws SQLException {
      return owned == null || visitor.built(version, this);
    }

    @Override
    void finished(String last) throws SQLException {
      if (owned == null && last != null) {
        visitor.built(last, this);
      }
    }

    @Override
    public Snapshot read() throws SQLException {
      return schema.read().without(leftOut);
    }

    @Override
    public RoundTrip trip() throws SQLException {
      return schema.trip();
    }

    @Override
    public Set<Witness> confirmed(List<Witness> witnesses) throws SQLException {
      return schema.confirmed(witnesses);
    }
  }
}
