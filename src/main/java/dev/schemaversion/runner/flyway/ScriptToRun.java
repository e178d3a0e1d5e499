package dev.schemaversion.runner.flyway;

import dev.schemaversion.runner.flyway.script.ScriptInspector;
import dev.schemaversion.runner.proof.PendingMigration;
import java.util.List;
import java.util.Optional;

/**
 * A script that Flyway would run.
 *
 * @param version as the files spell it; empty for a repeatable migration and a callback
 * @param checksum as Flyway computes it; null for a callback, for which it computes none
 */
record ScriptToRun(FlywayTool tool, String name, Optional<String> version, String checksum)
    implements PendingMigration {
  @Override
  public List<String> statements() {
    return tool.scripts().statements(name).stream().map(ScriptInspector.Statement::bare).toList();
  }

  @Override
  public void inspect() {
    tool.scripts().inspect(name);
  }
}
