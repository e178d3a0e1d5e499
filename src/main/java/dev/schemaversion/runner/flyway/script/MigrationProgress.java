package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.runner.report.Log;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Logs the progress of a Flyway run, and calls back before each migration. */
public final class MigrationProgress extends BaseCallback {
  private final Log log;
  private final String what;
  private final Consumer<String> before;
  private final Map<Event, String> callbacks;
  private int total;
  private int started;
  private long startedAt;
  private String current;

  /**
   * Creates the progress of one Flyway run.
   *
   * @param what is done with each script, such as running or rehearsing
   * @param before receives the name of each script before it runs, and may end the run by throwing
   */
  public MigrationProgress(Log log, Migrations migrations, String what, Consumer<String> before) {
    this.log = log;
    this.what = what;
    this.callbacks =
        migrations
            .all(Script.Kind.CALLBACK)
            .collect(
                Collectors.groupingBy(
                    callback -> CallbackEvent.of(callback).event(),
                    Collectors.mapping(Script::file, Collectors.joining(", "))));
    this.before = before;
  }

  /** Sets the number of migrations that will run. */
  public void expect(int migrations) {
    total = migrations;
  }

  /** The name of the script that is running or ran last. */
  public Optional<String> current() {
    return Optional.ofNullable(current);
  }

  /** Flyway calls the callbacks of one event in the order of their names, and this one first. */
  @Override
  public String getCallbackName() {
    return "";
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE
        || event == Event.AFTER_EACH_MIGRATE
        || callbacks.containsKey(event);
  }

  @Override
  public void handle(Event event, Context context) {
    if (event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE) {
      migration(event, context);
    }
    if (callbacks.containsKey(event)) {
      var files = callbacks.get(event);
      before.accept(files);
      log.begin(files + ": " + what);
    }
  }

  private void migration(Event event, Context context) {
    var file = context.getMigrationInfo().getScript();
    if (event == Event.BEFORE_EACH_MIGRATE) {
      before.accept(file);
      current = file;
      started++;
      startedAt = System.nanoTime();
      log.script(what, file, started, total);
    } else {
      long millis = (System.nanoTime() - startedAt) / 1_000_000;
      log.line(file + ": ran in " + Log.seconds(millis));
    }
  }
}
