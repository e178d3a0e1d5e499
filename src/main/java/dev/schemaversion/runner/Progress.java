package dev.schemaversion.runner;

import dev.schemaversion.contract.Outcome;
import java.util.Optional;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Stands between two migrations: logs, and ends the run there if it must end. */
final class Progress extends BaseCallback {
  private final Log log;
  private final Stop stop;
  private final RunLock lock;
  private int total;
  private int started;
  private long startedAt;
  private String current;

  Progress(Log log, Stop stop, RunLock lock) {
    this.log = log;
    this.stop = stop;
    this.lock = lock;
  }

  /** How many migrations will run. */
  void expect(int migrations) {
    total = migrations;
  }

  /** The script that runs or ran last. */
  Optional<String> current() {
    return Optional.ofNullable(current);
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
  }

  @Override
  public void handle(Event event, Context context) {
    var file = context.getMigrationInfo().getScript();
    if (event == Event.BEFORE_EACH_MIGRATE) {
      failIfStopped(file);
      lock.verify();
      current = file;
      started++;
      startedAt = System.nanoTime();
      log.line(file + ": running (" + started + " of " + total + ")");
    } else {
      long millis = (System.nanoTime() - startedAt) / 1_000_000;
      log.line(file + ": ran in " + Log.seconds(millis));
    }
  }

  private void failIfStopped(String next) {
    if (stop.isRequested()) {
      throw new RunFailure(
          Outcome.INTERRUPTED,
          "Told to stop, and stopped before "
              + next
              + ". What ran until then is committed; the next attempt goes on from here.");
    }
  }
}
