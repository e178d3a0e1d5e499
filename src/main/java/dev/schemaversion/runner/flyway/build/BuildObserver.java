package dev.schemaversion.runner.flyway.build;

import dev.schemaversion.runner.flyway.script.Migrations;
import dev.schemaversion.runner.flyway.script.Versions;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Watches a build on the scratch server. A version is committed when the next migration is about to
 * begin, or when all versioned migrations are done; only then is it shown.
 */
abstract class BuildObserver extends BaseCallback {
  private final ScratchBuilds builds;
  private final int total;
  private String version;
  private String file;
  private boolean shown;
  private boolean started;
  private int scripts;

  /**
   * An observer of one build.
   *
   * @param migrations what is built
   * @param beginning the version of the empty database, shown first; null to show none
   */
  BuildObserver(ScratchBuilds builds, Migrations migrations, String beginning) {
    this.builds = builds;
    this.total = migrations.size();
    this.version = beginning;
    this.shown = beginning == null;
  }

  /** No further version is wanted. */
  static final class Enough extends RuntimeException {}

  /**
   * Is called before the first migration.
   *
   * @throws SQLException if the scratch database cannot be read
   */
  void starting() throws SQLException {}

  /**
   * Is called when a version is built, before anything that runs after the versioned migrations.
   *
   * @return whether the next one is wanted
   */
  boolean built(String builtVersion) throws SQLException {
    return true;
  }

  /** Is called when the versioned migrations are done, before the finishing scripts run. */
  void versionsDone() throws SQLException {}

  /**
   * Is called when everything has run.
   *
   * @param last the last version that was built; null if none was
   */
  void finished(String last) throws SQLException {}

  /** Must be called when Flyway has ended without an error. */
  final void done() throws SQLException {
    show();
    finished(version);
  }

  /** The migration that is running or ran last. */
  Optional<String> current() {
    return Optional.ofNullable(file);
  }

  /** Flyway calls the callbacks of one event in the order of their names, and this one first. */
  @Override
  public String getCallbackName() {
    return "";
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_VERSIONED;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      if (event == Event.BEFORE_EACH_MIGRATE) {
        begin(context);
      } else {
        show();
        versionsDone();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the scratch database could not be read", e);
    }
  }

  private void begin(Context context) throws SQLException {
    if (!started) {
      starting();
      started = true;
    }
    var migration = context.getMigrationInfo();
    if (migration.getVersion() != null) {
      show();
      version = Versions.text(migration.getVersion());
      shown = false;
    }
    file = migration.getScript();
    builds.begins(file, ++scripts, total);
  }

  /** Shows the version that was started last, once. */
  private void show() throws SQLException {
    if (!shown) {
      shown = true;
      if (!built(version)) {
        throw new Enough();
      }
    }
  }
}
