package dev.schemaversion.runner.flyway.build;

import dev.schemaversion.runner.flyway.script.Migrations;
import dev.schemaversion.runner.report.Log;
import dev.schemaversion.runner.report.StatementText;
import dev.schemaversion.runner.snapshot.BuiltSchema;
import dev.schemaversion.runner.snapshot.Kind;
import dev.schemaversion.runner.snapshot.LeftOut;
import dev.schemaversion.runner.snapshot.Line;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The objects that finishing scripts own: those that appear or change when repeatable migrations
 * and callbacks run after the versioned migrations, and those that callbacks make before them. An
 * older version cannot be compared with them, because these scripts exist in their newest form
 * only.
 */
public final class OwnedObjects {
  private static final Set<Kind> RELATIONS =
      Set.of(Kind.TABLE, Kind.FOREIGN_TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW);

  private final ScratchBuilds builds;
  private final Migrations migrations;
  private final Log log;
  private LeftOut found;

  /**
   * What the finishing scripts of a set own.
   *
   * @param migrations all scripts of one chain
   */
  OwnedObjects(ScratchBuilds builds, Migrations migrations, Log log) {
    this.builds = builds;
    this.migrations = migrations;
    this.log = log;
  }

  /**
   * Finds out by building all scripts, once.
   *
   * @throws dev.schemaversion.runner.proof.Unprovable if a script fails
   */
  public LeftOut find() throws SQLException {
    if (found == null) {
      found = migrations.haveUnversioned() ? build() : LeftOut.NOTHING;
    }
    return found;
  }

  private LeftOut build() throws SQLException {
    log.begin("finding out which objects repeatable migrations and callbacks own");
    try (var database = builds.open(migrations);
        var admin = database.admin()) {
      var watched = new BeforeAndAfter(builds.reader(admin));
      builds.build(database, migrations, watched);
      var owned = watched.owned();
      log(owned);
      return owned;
    }
  }

  private void log(LeftOut owned) {
    if (!owned.isEmpty()) {
      log.line(
          "left out of comparisons with older versions, "
              + owned.keys().size()
              + " in all: "
              + StatementText.brief(
                  owned.keys().stream()
                      .map(key -> key.kind() + " " + key.name())
                      .sorted()
                      .collect(Collectors.joining(", "))));
    }
  }

  private final class BeforeAndAfter extends BuildObserver {
    private final BuiltSchema reader;
    private final Set<Line> appeared = new HashSet<>();
    private final Set<Line.Key> changed = new HashSet<>();
    private List<Line> versioned = List.of();

    BeforeAndAfter(BuiltSchema reader) {
      super(builds, migrations, null);
      this.reader = reader;
    }

    @Override
    void starting() throws SQLException {
      reader.read().lines().stream()
          .filter(line -> line.kind() != Kind.SCHEMA && line.kind() != Kind.EXTENSION)
          .forEach(appeared::add);
    }

    @Override
    void versionsDone() throws SQLException {
      versioned = reader.read().lines();
    }

    @Override
    void finished(String last) throws SQLException {
      var before = versioned.stream().collect(Collectors.toMap(Line::key, Line::content));
      for (var line : reader.read().lines()) {
        var content = before.remove(line.key());
        if (content == null) {
          appeared.add(line);
        } else if (!content.equals(line.content())) {
          changed.add(line.key());
        }
      }
      changed.addAll(before.keySet()); // they are gone
    }

    LeftOut owned() {
      var keys = new HashSet<>(changed);
      appeared.stream().map(Line::key).forEach(keys::add);
      return new LeftOut(
          keys,
          appeared.stream()
              .filter(line -> RELATIONS.contains(line.kind()))
              .map(Line::name)
              .collect(Collectors.toSet()));
    }
  }
}
