package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.runner.engine.LeadingComments;
import dev.schemaversion.runner.impact.ImpactRecorder;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.callback.Warning;

/** Tells a recorder of each statement of a rehearsal. */
public final class WatchedStatements extends StatementCallback {
  private final ImpactRecorder recorder;

  public WatchedStatements(ImpactRecorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE
        || event == Event.AFTER_EACH_MIGRATE
        || super.supports(event, context);
  }

  @Override
  public void handle(Event event, Context context) {
    if (event == Event.BEFORE_EACH_MIGRATE) {
      recorder.begin(context.getMigrationInfo().getScript());
      return;
    }
    if (event == Event.AFTER_EACH_MIGRATE) {
      recorder.end();
      return;
    }
    var sql = LeadingComments.strip(context.getStatement().getSql());
    if (event == Event.BEFORE_EACH_MIGRATE_STATEMENT) {
      recorder.before(context.getConnection(), sql);
    } else if (event == Event.AFTER_EACH_MIGRATE_STATEMENT) {
      recorder.after(
          context.getConnection(),
          sql,
          context.getStatement().getWarnings().stream().map(Warning::getMessage).toList());
    }
  }
}
