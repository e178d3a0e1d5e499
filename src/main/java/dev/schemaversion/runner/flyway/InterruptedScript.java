package dev.schemaversion.runner.flyway;

import dev.schemaversion.runner.engine.ImplicitCommit;
import dev.schemaversion.runner.engine.ImplicitCommit.Effect;
import dev.schemaversion.runner.flyway.history.HistoryTable;
import dev.schemaversion.runner.flyway.script.ScriptInspector.Statement;
import java.util.List;

/**
 * A script that was started and has not finished, and that the server has not rolled back.
 *
 * @param row its row in the history
 * @param why it may be half done, as a clause; see {@link ImplicitCommit#reason}
 * @param inTransaction whether it runs in a transaction, which it ends itself
 * @param effects of its statements
 */
record InterruptedScript(
    HistoryTable.Row row,
    String why,
    boolean inTransaction,
    List<Statement> statements,
    List<Effect> effects) {

  static InterruptedScript of(HistoryTable.Row row, String why, FlywayTool tool) {
    var statements = tool.scripts().statements(row.script());
    var engine = tool.run().engine().implicitCommit();
    return new InterruptedScript(
        row,
        why,
        tool.scripts().script(row.script()).executeInTransaction(),
        statements,
        statements.stream().map(each -> engine.effect(each.sql())).toList());
  }

  /** Its statements without the comments before them. */
  List<String> bare() {
    return statements.stream().map(Statement::bare).toList();
  }
}
