package dev.schemaversion.runner.flyway.script;

import dev.schemaversion.runner.engine.Engine;
import dev.schemaversion.runner.engine.LeadingComments;
import dev.schemaversion.runner.report.Log;
import dev.schemaversion.runner.report.StatementText;
import java.util.HashSet;
import java.util.Set;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.ErrorDetails;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.exception.FlywayBlockStatementExecutionException;

/**
 * Skips on the scratch server what changes the server and not the schema: a script runs there more
 * than once, and a database that it creates would exist at the second time.
 */
public final class ServerStatements extends BaseCallback {
  private final Engine engine;
  private final Log log;
  private final Set<String> logged = new HashSet<>();

  public ServerStatements(Engine engine, Log log) {
    this.engine = engine;
    this.log = log;
  }

  /** Whether this statement is skipped, which is logged once. */
  public boolean skips(String sql) {
    var bare = LeadingComments.strip(sql);
    if (!engine.isSkippedOnScratch(bare)) {
      return false;
    }
    if (logged.add(bare)) {
      log.line(
          "skipped on the scratch server, because it does not change the schema: "
              + StatementText.brief(bare));
    }
    return true;
  }

  /** Flyway calls its callbacks in the order of their names, and none for a skipped statement. */
  @Override
  public String getCallbackName() {
    return "0";
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE_STATEMENT;
  }

  @Override
  public void handle(Event event, Context context) {
    if (skips(context.getStatement().getSql())) {
      throw new FlywayBlockStatementExecutionException(
          new ErrorDetails(CoreErrorCode.ERROR, "skipped"), "it does not change the schema");
    }
  }
}
